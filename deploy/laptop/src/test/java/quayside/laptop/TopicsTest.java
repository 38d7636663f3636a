package quayside.laptop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laptop has the topics of the published contract, and keeps their records as long. */
class TopicsTest {
  private static final Path CONTRACT = Path.of("../../schemas/asyncapi.yaml");

  @TempDir Path folder;

  @Test
  void topics_areThoseOfTheContract() throws IOException {
    Map<String, Map<String, String>> created =
        Topics.all().stream().collect(Collectors.toMap(NewTopic::name, NewTopic::configs));

    assertThat(created).containsOnlyKeys(contract().keySet());
    contract()
        .forEach((name, settings) ->
            assertThat(created.get(name)).as(name).containsAllEntriesOf(settings));
  }

  @Test
  void everyTopic_hasTheSamePartitions() {
    assertThat(Topics.all())
        .allSatisfy(topic -> {
          assertThat(topic.numPartitions()).isEqualTo(6);
          assertThat(topic.replicationFactor()).isEqualTo((short) 1);
        });
  }

  /** Also what a laptop has from before, when it did not yet say how to keep it. */
  @Test
  void topicsOfTheBroker_areKeptAsTheContractSays() throws Exception {
    try (RunningStack stack = RunningStack.start(folder);
        Admin admin =
            Admin.create(
                Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    stack.property("kafka.bootstrap.servers")))) {
      String broker = stack.property("kafka.bootstrap.servers");
      admin.deleteTopics(List.of("oss.object.state.v1")).all().get();
      admin.createTopics(List.of(new NewTopic("oss.object.state.v1", 6, (short) 1))).all().get();
      admin.createTopics(List.of(new NewTopic("retry", 6, (short) 1))).all().get();

      Topics.create(Integer.parseInt(broker.substring(broker.indexOf(':') + 1)));

      // A broker knows a little later what its controller has decided.
      for (Map.Entry<String, Map<String, String>> topic : contract().entrySet()) {
        await()
            .untilAsserted(() ->
                assertThat(settings(admin, topic.getKey())).containsAllEntriesOf(topic.getValue()));
      }
      assertThat(settings(admin, "retry")).containsEntry("retention.ms", "2592000000");
    }
  }

  private static Map<String, String> settings(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    Map<String, String> settings = new HashMap<>();
    config.entries().forEach(entry -> settings.put(entry.name(), entry.value()));
    return settings;
  }

  /** The topics that have a name of their own, and all their settings but that about replicas. */
  private static Map<String, Map<String, String>> contract() throws IOException {
    Map<String, Map<String, String>> topics = new TreeMap<>();
    for (JsonNode channel : new YAMLMapper().readTree(CONTRACT.toFile()).path("channels")) {
      if (!channel.has("parameters")) {
        Map<String, String> settings = new TreeMap<>();
        channel
            .at("/bindings/kafka/topicConfiguration")
            .properties()
            .forEach(setting -> settings.put(setting.getKey(), text(setting.getValue())));
        settings.remove("min.insync.replicas");
        topics.put(channel.path("address").asText(), settings);
      }
    }
    return topics;
  }

  private static String text(JsonNode value) {
    return value.isArray() ? value.path(0).asText() : value.asText();
  }
}
