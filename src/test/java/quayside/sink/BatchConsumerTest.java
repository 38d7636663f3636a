package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;

/**
 * The machinery all sinks share, without Kafka; the sinks' own tests run it against a real broker.
 */
class BatchConsumerTest {
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final WaitingSinks waiting = new WaitingSinks();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> setAside = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> applied = new ConcurrentSkipListSet<>();

  @Test
  void poisonInTheMiddleOfABatch_affectsOnlyItself() {
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          if (events.stream().anyMatch(event -> event.id().equals("id-3"))) {
            throw new PermanentFailureException("poison", "id-3 is poison");
          }
          events.forEach(event -> applied.add(event.id()));
        });

    consumer.accept(records(UploadedEvents.numbered(7)));

    assertThat(applied).containsExactly("id-0", "id-1", "id-2", "id-4", "id-5", "id-6");
    assertThat(setAside).containsExactly("3 poison: id-3 is poison");
    assertThat(counter("applied")).isEqualTo(6);
    assertThat(counter("dead-lettered")).isEqualTo(1);
  }

  @Test
  void recordThatIsNoEvent_isSetAsideAndTheRestApplied() {
    ConsumerRecord<String, byte[]> garbage =
        new ConsumerRecord<>(
            "topic", 0, 99, "key", "not an event".getBytes(StandardCharsets.UTF_8));
    List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(List.of(garbage));
    batch.addAll(records(UploadedEvents.numbered(2)).records(new TopicPartition("topic", 0)));

    consumer(events -> events.forEach(event -> applied.add(event.id()))).accept(ofRecords(batch));

    assertThat(applied).containsExactly("id-0", "id-1");
    assertThat(setAside).containsExactly("99 invalid-event: ce_specversion: is missing");
  }

  @Test
  void hostileHeader_cannotWriteLinesIntoLogAndDeadLetter() {
    ConsumerRecord<String, byte[]> hostile =
        new ConsumerRecord<>("topic", 0, 7, "key", new byte[0]);
    byte[] version = ("2.0\nERROR forged " + "x".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
    hostile.headers().add("ce_specversion", version);

    consumer(events -> {}).accept(ofRecords(List.of(hostile)));

    assertThat(setAside).singleElement().asString().doesNotContain("\n").hasSizeLessThan(600);
  }

  @Test
  void dependencyThatIsDown_isWaitedForAndFillsNoDeadLetter() {
    AtomicInteger tries = new AtomicInteger();
    List<String> healthWhileDown = new ArrayList<>();
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          if (tries.incrementAndGet() < 4) {
            healthWhileDown.add(waiting.call().getData().orElse(Map.of()).toString());
            throw new DependencyUnavailableException(
                "PostgreSQL is away", new IllegalStateException());
          }
          events.forEach(event -> applied.add(event.id()));
        });

    consumer.accept(records(UploadedEvents.numbered(2)));

    assertThat(applied).hasSize(2);
    assertThat(setAside).isEmpty();
    assertThat(healthWhileDown).last().asString().contains("PostgreSQL is away");
    assertThat(waiting.call().getData()).isEmpty();
    assertThat(metrics.counter("quayside.sink.retries", "sink", "test").count()).isEqualTo(3);
  }

  @Test
  void failureForNoKnownReason_isTriedAFewTimesThenSetAside() {
    AtomicInteger tries = new AtomicInteger();
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          tries.incrementAndGet();
          throw new IllegalStateException("a bug");
        });

    consumer.accept(records(UploadedEvents.numbered(1)));

    assertThat(tries).hasValue(3);
    assertThat(setAside)
        .containsExactly("0 unexpected-error: java.lang.IllegalStateException: a bug");
  }

  @Test
  void stopWhileWaiting_leavesTheBatchUnacknowledged() {
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          stopping.countDown();
          throw new DependencyUnavailableException(
              "PostgreSQL is away", new IllegalStateException());
        });

    assertThatThrownBy(() -> consumer.accept(records(UploadedEvents.numbered(1))))
        .isInstanceOf(Retry.StoppingException.class);
    assertThat(setAside).isEmpty();
  }

  @Test
  void acceptEach_keepsToItsParallelismAndAppliesAll() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    Set<Integer> seen = Collections.synchronizedSet(new TreeSet<>());
    CountDownLatch twoAtOnce = new CountDownLatch(2);
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          seen.add(running.incrementAndGet());
          twoAtOnce.countDown();
          awaitQuietly(twoAtOnce);
          events.forEach(event -> applied.add(event.id()));
          running.decrementAndGet();
        });

    consumer.acceptEach(records(UploadedEvents.numbered(10)), 2);

    assertThat(applied).hasSize(10);
    assertThat(seen).containsExactly(1, 2);
  }

  private BatchConsumer<ObjectUploaded> consumer(Sink<ObjectUploaded> sink) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), RandomGenerator.getDefault());
    DeadLetters deadLetters =
        (record, group, letter) -> {
          setAside.add(record.offset() + " " + letter.failure() + ": " + letter.message());
          return Uni.createFrom().voidItem();
        };
    return new BatchConsumer<>(
        "test",
        "group",
        CODEC,
        sink,
        new Retry("test", backoff, 3, waiting, stopping, metrics),
        deadLetters,
        metrics,
        Clock.systemUTC(),
        OpenTelemetry.noop());
  }

  private double counter(String outcome) {
    return metrics.counter("quayside.sink.events", "sink", "test", "outcome", outcome).count();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConsumerRecords<String, byte[]> records(List<CloudEvent<ObjectUploaded>> events) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (CloudEvent<ObjectUploaded> event : events) {
      ConsumerRecord<String, byte[]> record =
          new ConsumerRecord<>(
              "topic", 0, records.size(), event.partitionKey(), CODEC.value(event));
      CODEC
          .headers(event)
          .forEach(
              (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      records.add(record);
    }
    return ofRecords(records);
  }

  private static ConsumerRecords<String, byte[]> ofRecords(
      List<ConsumerRecord<String, byte[]>> records) {
    return new ConsumerRecords<>(Map.of(new TopicPartition("topic", 0), records), Map.of());
  }

  /** Events as the ingress would publish them. */
  static final class UploadedEvents {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private UploadedEvents() {}

    static List<CloudEvent<ObjectUploaded>> numbered(int count) {
      List<CloudEvent<ObjectUploaded>> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(numberedOne(i));
      }
      return events;
    }

    private static CloudEvent<ObjectUploaded> numberedOne(int i) {
      ObjectUploaded data =
          new ObjectUploaded(
              "uploads",
              "key-" + i,
              "ETAG",
              1L,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              Map.of(),
              Map.of(),
              new ObjectUploaded.Verification(
                  quayside.event.VerificationLevel.SIGNATURE, null, null));
      return new CloudEvent<>(
          "id-" + i,
          "acs:oss:-:-:uploads",
          quayside.event.EventType.OBJECT_UPLOADED_V1,
          "key-" + i,
          NOON,
          NOON,
          "uploads/key-" + i,
          1_000_000L + i,
          quayside.event.IngestPath.CALLBACK,
          null,
          data);
    }
  }
}
