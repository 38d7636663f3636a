package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(CLUSTER, false, null, new StringSerializer(), new ByteArraySerializer());
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

  private CompletableFuture<Durability> store(String key) {
    return publisher.store(TestEvents.uploaded(key), TestDeadlines.ample());
  }

  private static void assertFailed(CompletableFuture<Durability> result, RefusalReason reason) {
    assertThat(result).failsWithin(Duration.ofSeconds(5));
    Throwable failure = Failures.unwrap(result.handle((stored, thrown) -> thrown).join());
    assertThat(failure).isInstanceOf(CallbackRefusedException.class);
    assertThat(((CallbackRefusedException) failure).reason()).isEqualTo(reason);
  }

  private static TopicsConfig topics() {
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
