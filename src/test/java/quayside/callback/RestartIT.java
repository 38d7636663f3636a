package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application is stopped, in good order and otherwise: nothing acknowledged is lost.
 */
class RestartIT {
  private static final Duration ARRIVAL = Duration.ofSeconds(60);

  @TempDir Path directory;

  @AfterEach
  void contractIsKept() {
    KafkaBroker.goOn();
    KafkaBroker.assertContractKept();
  }

  /** What Kubernetes does: an instance gets no new callbacks once it says that it is not ready. */
  @Test
  void rollingRestart_losesNothingAndResetsNobody() throws IOException {
    try (Slot a = new Slot("a");
        Slot b = new Slot("b")) {
      RoundRobin balancer = new RoundRobin(List.of(a, b));
      CallbackTraffic traffic = new CallbackTraffic("5CF3E7821AB22D0A", balancer::next);
      try (balancer;
          traffic) {
        awaitAcknowledged(traffic, 100);
        a.restart();
        awaitAcknowledged(traffic, traffic.acknowledged.size() + 100);
        b.restart();
        awaitAcknowledged(traffic, traffic.acknowledged.size() + 100);
      }

      assertThat(traffic.troubles).isEmpty();
      assertAllPublished(traffic);
    }
  }

  @Test
  void sigterm_turnsReadinessOffFirstAndStillAnswers() throws IOException {
    try (Slot slot = new Slot("t");
        Socket kept = RawHttp.connect(slot.application.port())) {
      kept.getOutputStream().write(callback("5CF3E7821AB22D0B00000001"));
      assertThat(RawHttp.read(kept).status()).isEqualTo(200);

      slot.application.terminate();
      await().atMost(Duration.ofSeconds(2)).until(() -> !slot.application.isReady());
      kept.getOutputStream().write(callback("5CF3E7821AB22D0B00000002"));
      RawHttp.Reply last = RawHttp.read(kept);
      RawHttp.Reply late =
          RawHttp.send(slot.application.port(), callback("5CF3E7821AB22D0B00000003"));

      assertThat(last.status()).isEqualTo(200);
      assertThat(last.headers()).containsEntry("connection", "close");
      assertThat(last.closed()).isTrue();
      assertThat(late.status()).isEqualTo(200);
      assertThat(slot.application.awaitExit(Duration.ofSeconds(40))).isEqualTo(128 + 15);
    }
    assertThat(KafkaBroker.published())
        .containsKeys(
            "5CF3E7821AB22D0B00000001", "5CF3E7821AB22D0B00000002", "5CF3E7821AB22D0B00000003");
  }

  /** A callback that waits for a broker that stands still is answered before the process ends. */
  @Test
  void sigterm_answersWhatIsInFlight() throws IOException {
    try (Slot slot = new Slot("f");
        Socket waiting = RawHttp.connect(slot.application.port())) {
      RawHttp.send(slot.application.port(), callback("5CF3E7821AB22D0B00000010"));
      KafkaBroker.standStill();
      waiting.getOutputStream().write(callback("5CF3E7821AB22D0B00000011"));
      await().until(() -> slot.application.metric("quayside_callback_in_flight") == 1);

      slot.application.terminate();

      assertThat(RawHttp.read(waiting).status()).isEqualTo(200);
      KafkaBroker.goOn();
      assertThat(slot.application.awaitExit(Duration.ofSeconds(40))).isEqualTo(128 + 15);
      slot.start();
      await()
          .atMost(ARRIVAL)
          .untilAsserted(
              () -> assertThat(KafkaBroker.published()).containsKeys("5CF3E7821AB22D0B00000011"));
    }
  }

  /** What waits in the journal is published before the process ends, when Kafka takes it. */
  @Test
  void sigterm_drainsTheJournal() throws IOException {
    try (Slot slot = new Slot("d", Map.of("quarkus.shutdown.delay", "0S"))) {
      RawHttp.send(slot.application.port(), callback("5CF3E7821AB22D0B00000020"));
      KafkaBroker.standStill();
      CallbackTraffic traffic = new CallbackTraffic("5CF3E7821AB22D0D", () -> slot.application);
      try (traffic) {
        awaitAcknowledged(traffic, 500);
      }
      KafkaBroker.goOn();
      slot.application.terminate();

      assertThat(slot.application.awaitExit(Duration.ofSeconds(40))).isEqualTo(128 + 15);

      assertThat(traffic.troubles).isEmpty();
      assertThat(KafkaBroker.published().keySet()).containsAll(traffic.acknowledged);
      slot.start();
      assertThat(slot.application.output())
          .anyMatch(line -> line.contains("journal opened depth=0"));
    }
  }

  @Test
  void sigkillWhileKafkaIsAway_losesNothingAcknowledged() throws IOException {
    try (Slot slot = new Slot("k")) {
      RawHttp.send(slot.application.port(), callback("5CF3E7821AB22D0B00000030"));
      CallbackTraffic traffic = new CallbackTraffic("5CF3E7821AB22D0C", () -> slot.application);
      try (traffic) {
        awaitAcknowledged(traffic, 200);
        KafkaBroker.standStill();
        awaitAcknowledged(traffic, 600);
        slot.application.kill();
        slot.application.awaitExit(Duration.ofSeconds(10));
      }
      assertThat(traffic.troubles).as("those that were on their way").isNotEmpty();
      KafkaBroker.goOn();
      slot.start();

      assertAllPublished(traffic);
    }
  }

  private static void awaitAcknowledged(CallbackTraffic traffic, int count) {
    await()
        .atMost(ARRIVAL)
        .untilAsserted(() ->
            assertThat(traffic.acknowledged).as("%s", traffic.troubles).hasSizeGreaterThan(count));
  }

  private static void assertAllPublished(CallbackTraffic traffic) {
    await()
        .atMost(ARRIVAL)
        .untilAsserted(
            () -> assertThat(KafkaBroker.published().keySet()).containsAll(traffic.acknowledged));
  }

  private static byte[] callback(String id) {
    return CallbackScenario.signedBy(CallbackTestKeyResource.signer())
        .withBody("bucket=uploads&object=restart%2F" + id + "&reqId=" + id)
        .wire();
  }

  /** A place where one instance runs after the other, with one journal. */
  private final class Slot implements AutoCloseable {
    private final Path journal;
    private final Map<String, String> settings;
    volatile IngressProcess application;

    Slot(String name) throws IOException {
      this(name, Map.of("quarkus.shutdown.delay", "2S"));
    }

    Slot(String name, Map<String, String> settings) throws IOException {
      this.journal = Files.createDirectories(directory.resolve(name)).resolve("journal");
      this.settings = settings;
      this.application = IngressProcess.start(journal, settings);
      application.awaitReady();
    }

    void restart() {
      application.terminate();
      assertThat(application.awaitExit(Duration.ofSeconds(30))).isEqualTo(128 + 15);
      start();
    }

    void start() {
      application = IngressProcess.start(journal, settings);
      application.awaitReady();
    }

    @Override
    public void close() {
      application.close();
    }
  }

  /** Sends to each ready instance in turn; asks for readiness five times a second. */
  private static final class RoundRobin implements AutoCloseable {
    private final List<Slot> slots;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor();
    private volatile List<IngressProcess> ready = List.of();

    RoundRobin(List<Slot> slots) {
      this.slots = slots;
      await().atMost(Duration.ofSeconds(20)).until(this::probe);
      prober.scheduleWithFixedDelay(this::probe, 0, 200, TimeUnit.MILLISECONDS);
    }

    @Nullable IngressProcess next() {
      List<IngressProcess> now = ready;
      return now.isEmpty() ? null : now.get(turn.getAndIncrement() % now.size());
    }

    private boolean probe() {
      ready = slots.stream().map(slot -> slot.application).filter(IngressProcess::isReady).toList();
      return ready.size() == slots.size();
    }

    @Override
    public void close() {
      prober.shutdownNow();
    }
  }
}
