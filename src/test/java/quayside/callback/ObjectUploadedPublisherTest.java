package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.TestWriters;
import quayside.role.Roles;

/**
 * Who has a place on the way to Kafka, and when it is free again; Kafka's own mock of a producer.
 */
class ObjectUploadedPublisherTest {
  private static final String TOPIC = "oss.object.uploaded.v1";
  private static final Node BROKER = new Node(1, "127.0.0.1", 1);
  private static final Cluster CLUSTER =
      new Cluster(
          "cluster",
          List.of(BROKER),
          List.of(new PartitionInfo(TOPIC, 0, BROKER, new Node[] {BROKER}, new Node[] {BROKER})),
          Set.of(),
          Set.of());

  private final MockProducer<String, byte[]> kafka = producer(false);
  private final ObjectUploadedPublisher publisher =
      new ObjectUploadedPublisher(
          new EventProducer(CompletableFuture.completedFuture(kafka)),
          new PublishTrace(OpenTelemetry.noop(), topics()),
          topics(),
          TestConfig.of("quayside.callback.max-in-flight", "2"),
          TestConfig.journal("quayside.journal.enabled", "false"));

  @BeforeEach
  void connect() throws InterruptedException {
    publisher.connect(null, Roles.all());
  }

  @Test
  void eventBeyondTheLastPlace_isOverloadUntilKafkaAnswers() {
    CompletableFuture<Durability> first = store("a");
    CompletableFuture<Durability> second = store("b");

    assertFailed(store("c"), RefusalReason.OVERLOADED);
    kafka.completeNext();
    kafka.errorNext(new IllegalStateException("no"));

    assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Durability.PUBLISHED);
    assertFailed(second, RefusalReason.NOT_DURABLE);
    store("d");
    store("e");
    assertFailed(store("f"), RefusalReason.OVERLOADED);
  }

  @Test
  void producerThatThrows_isNotDurableAndGivesThePlaceBack() {
    kafka.sendException = new IllegalStateException("closed");
    assertFailed(store("a"), RefusalReason.NOT_DURABLE);
    assertFailed(store("b"), RefusalReason.NOT_DURABLE);
    assertFailed(store("c"), RefusalReason.NOT_DURABLE);
  }

  @Test
  void record_isSentAsItWasWritten() {
    EventRecord record =
        TestWriters.signed("structured")
            .write(EventCodec.objectUploaded(), TestEvents.uploaded("照片"));

    publisher.store(record, TestDeadlines.ample());

    ProducerRecord<String, byte[]> sent = kafka.history().getFirst();
    assertThat(sent.key()).isEqualTo("uploads/照片");
    assertThat(sent.value()).isEqualTo(record.value());
    assertThat(headers(sent)).containsExactlyElementsOf(record.headers().entrySet());
  }

  /** The journal kept the trace of the callback among the headers; there is one of it. */
  @Test
  void journalledRecord_isSentWithOneTraceAndNothingElseChanged() {
    Map<String, String> trace =
        Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    EventRecord kept =
        TestEvents.record("a").withHeaders(trace).withAttribute("ingestpath", "journal");

    publisher.publish(kept);

    ProducerRecord<String, byte[]> sent = kafka.history().getFirst();
    assertThat(headers(sent)).containsExactlyInAnyOrderElementsOf(kept.headers().entrySet());
    assertThat(sent.value()).isEqualTo(kept.value());
  }

  private static List<Map.Entry<String, String>> headers(ProducerRecord<String, byte[]> record) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    record
        .headers()
        .forEach(header ->
            headers.add(
                Map.entry(header.key(), new String(header.value(), StandardCharsets.UTF_8))));
    return headers;
  }

  /** A client that knows the topic. */
  static MockProducer<String, byte[]> producer(boolean acknowledging) {
    return new MockProducer<>(
        CLUSTER, acknowledging, null, new StringSerializer(), new ByteArraySerializer());
  }

  private CompletableFuture<Durability> store(String key) {
    return publisher.store(TestEvents.record(key), TestDeadlines.ample());
  }

  private static void assertFailed(CompletableFuture<Durability> result, RefusalReason reason) {
    assertThat(result).failsWithin(Duration.ofSeconds(5));
    Throwable failure = Failures.unwrap(result.handle((stored, thrown) -> thrown).join());
    assertThat(failure).isInstanceOf(CallbackRefusedException.class);
    assertThat(((CallbackRefusedException) failure).reason()).isEqualTo(reason);
  }

  static TopicsConfig topics() {
    return new TopicsConfig() {
      @Override
      public String objectUploaded() {
        return TOPIC;
      }

      @Override
      public String objectThumbnailed() {
        return "oss.object.thumbnailed.v1";
      }

      @Override
      public String objectDeleted() {
        return "oss.object.deleted.v1";
      }
    };
  }
}
