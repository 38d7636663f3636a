package quayside.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventFindings;

/** What a running application publishes is looked at, from whichever client of its it comes. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class WatchedPublishersTest {
  @Inject RecordPublisher publisher;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> clients;

  /** On a topic of its own, which no sink reads. */
  @Test
  void wrongRecordOfAChannel_isFound() {
    ConsumerRecord<String, byte[]> wrong =
        new ConsumerRecord<>("unused", 0, 0, "uploads/a", "{}".getBytes(UTF_8));
    String topic = "watched-" + UUID.randomUUID();

    publisher
        .publish(topic, wrong, Map.of("ce_type", "io.quayside.object.uploaded.v1"))
        .await()
        .atMost(Duration.ofSeconds(10));

    assertThat(EventFindings.drain())
        .hasSize(1)
        .first()
        .asString()
        .contains(topic, "'ce_id' not found", "required property 'bucket' not found");
  }

  /** What all clients of the application are made from. */
  @Test
  void everyClient_isWatched() {
    assertThat(clients).containsEntry("interceptor.classes", "quayside.event.EventGate");
  }
}
