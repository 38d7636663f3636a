package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an acknowledged callback rests on must not depend on anybody's configuration. */
class EventProducerTest {

  @Test
  void durability_cannotBeConfiguredAway() {
    Map<String, Object> settings =
        EventProducer.settings(
            Map.of("acks", "1", "max.block.ms", "60000"),
            Map.of("acks", "0", "enable.idempotence", "false", "metadata.max.idle.ms", "5000"));

    assertThat(settings)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("max.block.ms", 0)
        .containsEntry("metadata.max.idle.ms", Integer.MAX_VALUE);
  }

  @Test
  void ownSettings_goOverThoseOfAllClients() {
    assertThat(
            EventProducer.settings(
                Map.of("bootstrap.servers", "all:9092", "security.protocol", "SSL"),
                Map.of("bootstrap.servers", "own:9092", "linger.ms", "7")))
        .containsEntry("bootstrap.servers", "own:9092")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("linger.ms", "7");
  }
}
