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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
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

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final WaitingSinks waiting = new WaitingSinks();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Published> published = Collections.synchronizedList(new ArrayList<>());
  private final List<EffectBatch> told = Collections.synchronizedList(new ArrayList<>());
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
    List<Double> gaugeWhileDown = new ArrayList<>();
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          if (tries.incrementAndGet() < 4) {
            healthWhileDown.add(waiting.call().getData().orElse(Map.of()).toString());
            gaugeWhileDown.add(waits());
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
    assertThat(gaugeWhileDown).last().isEqualTo(1.0);
    assertThat(waits()).isZero();
  }

  @Test
  void failureForNoKnownReason_isTriedLaterAndHoldsUpNobody() {
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          if (events.stream().anyMatch(event -> event.id().equals("id-1"))) {
            throw new IllegalStateException("a bug");
          }
          events.forEach(event -> applied.add(event.id()));
        });

    consumer.accept(records(UploadedEvents.numbered(3)));

    assertThat(applied).containsExactly("id-0", "id-2");
    assertThat(setAside).isEmpty();
    assertThat(published)
        .singleElement()
        .satisfies(retry -> {
          assertThat(retry.topic()).isEqualTo("topic.group.retry");
          assertThat(retry.header("retry-cause")).isEqualTo("unexpected-error");
          assertThat(retry.header("retry-reason")).endsWith("IllegalStateException: a bug");
          assertThat(retry.header("retry-topic")).isEqualTo("topic");
          assertThat(retry.header("retry-offset")).isEqualTo("1");
          assertThat(retry.header("retry-attempts")).isEqualTo("1");
          assertThat(retry.header("retry-first-failed")).isEqualTo(NOW.toString());
          assertThat(Instant.parse(retry.header("retry-due")))
              .isBetween(NOW.plusMillis(500), NOW.plusSeconds(1));
        });
  }

  @Test
  void eventThatGoesOnFailing_isDeadLetteredAfterItsAttemptsWithWhereItCameFrom() {
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          throw new TransientFailureException("image-time-limit", "key-0 takes too long");
        });

    consumer.accept(records(UploadedEvents.numbered(1)));
    consumer.acceptAgain(published.getFirst().consumedAgain());
    consumer.acceptAgain(published.get(1).consumedAgain());

    assertThat(published)
        .extracting(Published::topic)
        .containsExactly("topic.group.retry", "topic.group.retry", "topic.group.dlq");
    Published letter = published.getLast();
    assertThat(letter.headers())
        .containsEntry("dead-letter-cause", "image-time-limit")
        .containsEntry("dead-letter-reason", "key-0 takes too long")
        .containsEntry("dead-letter-sink", "test")
        .containsEntry("dead-letter-group", "group")
        .containsEntry("dead-letter-topic", "topic")
        .containsEntry("dead-letter-partition", "0")
        .containsEntry("dead-letter-offset", "0")
        .containsEntry("dead-letter-timestamp", "-1")
        .containsEntry("dead-letter-attempts", "3")
        .containsEntry("dead-letter-first-failed", NOW.toString())
        .containsEntry("dead-letter-time", NOW.toString());
  }

  /** Anybody may publish a header on the topic itself; only those of the retry topic are ours. */
  @Test
  void retryHeadersOnTheTopicItself_meanNothing() {
    ConsumerRecords<String, byte[]> batch = records(UploadedEvents.numbered(1));
    batch.forEach(
        record -> record.headers().add("retry-attempts", "99".getBytes(StandardCharsets.UTF_8)));

    consumer(
            events -> {
              throw new TransientFailureException("image-time-limit", "too long");
            })
        .accept(batch);

    assertThat(published)
        .singleElement()
        .satisfies(retry -> assertThat(retry.header("retry-attempts")).isEqualTo("1"));
  }

  @Test
  void whatSinksSayOfEvents_isToldOncePerBatchAndNotOfAFailedOne() {
    BatchConsumer<ObjectUploaded> consumer =
        consumer(events -> {
          events.forEach(
              event -> Effects.of(event, event.id().equals("id-0") ? "stale" : "applied"));
          if (events.size() > 2) {
            throw new PermanentFailureException("too-many", "more than two");
          }
        });

    consumer.accept(records(UploadedEvents.numbered(3)));

    assertThat(told)
        .extracting(EffectBatch::effects)
        .extracting(effects -> effects.stream().map(e -> e.eventId() + " " + e.outcome()).toList())
        .containsExactly(List.of("id-0 stale"), List.of("id-1 applied", "id-2 applied"));
    assertThat(told.getFirst().effects().getFirst())
        .isEqualTo(
            new Effect(
                "uploads", "key-0", "id-0", "io.quayside.object.uploaded.v1", "stale", null));
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

    consumer.acceptEach(records(UploadedEvents.numbered(10)), new Semaphore(2));

    assertThat(applied).hasSize(10);
    assertThat(seen).containsExactly(1, 2);
  }

  private BatchConsumer<ObjectUploaded> consumer(Sink<ObjectUploaded> sink) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), RandomGenerator.getDefault());
    Retry retry = new Retry("test", backoff, waiting, stopping, metrics);
    Backoff delays =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), RandomGenerator.getDefault());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new BatchConsumer<>(
        "test",
        "group",
        CODEC,
        sink,
        retry,
        new FailedRecordPublisher("test", "group", this::publish, retry, delays, 3, metrics, clock),
        told::add,
        metrics,
        clock,
        OpenTelemetry.noop());
  }

  private Uni<Void> publish(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
    published.add(new Published(topic, record, headers));
    if (topic.endsWith(".dlq")) {
      String cause = headers.get("dead-letter-cause") + ": " + headers.get("dead-letter-reason");
      setAside.add(headers.get("dead-letter-offset") + " " + cause);
    }
    return Uni.createFrom().voidItem();
  }

  /** What was passed on. */
  private record Published(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
    String header(String name) {
      return String.valueOf(headers.get(name));
    }

    /** As the retry consumer gets it. */
    ConsumerRecord<String, byte[]> consumedAgain() {
      ConsumerRecord<String, byte[]> again =
          new ConsumerRecord<>(topic, 5, 77, record.key(), record.value());
      record.headers().forEach(again.headers()::add);
      headers.forEach(
          (name, value) -> again.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      return again;
    }
  }

  private double waits() {
    return metrics.get("quayside.sink.waiting").tag("sink", "test").gauge().value();
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
