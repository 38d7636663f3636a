package quayside.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventFindings;

/** What the edge publishes in tests is looked at: its client is made by hand. */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
@QuarkusTestResource(CallbackTestKeyResource.class)
class WatchedProducerTest {
  @Inject EventProducer producer;

  /** The topic does not exist, so the record goes no further than to those who look at it. */
  @Test
  void wrongRecord_isFound() {
    ProducerRecord<String, byte[]> wrong =
        new ProducerRecord<>("watched", "uploads/a", "{}".getBytes(UTF_8));
    wrong.headers().add("ce_type", "io.quayside.object.uploaded.v1".getBytes(UTF_8));

    var refused = producer.await().send(wrong);

    assertThat(refused).isNotNull();
    assertThat(EventFindings.drain())
        .hasSize(1)
        .first()
        .asString()
        .contains("watched null: ", "'ce_time' not found");
  }
}
