package quayside.laptop;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of the published contract, created as an operator would before the first start: those
 * of {@code schemas/asyncapi.yaml}, with fewer partitions and one replica. Retries and dead letters
 * appear with their first record.
 */
final class Topics {
  private static final int PARTITIONS = 6;
  private static final short REPLICAS = 1;

  private Topics() {}

  /** All of them. */
  static List<NewTopic> all() {
    return List.of(
        kept("oss.object.uploaded.v1", Duration.ofDays(7)),
        kept("oss.object.thumbnailed.v1", Duration.ofDays(7)),
        kept("oss.object.deleted.v1", Duration.ofDays(7)),
        compacted("oss.object.state.v1", Duration.ofDays(7)),
        kept("quayside.effects.v1", Duration.ofDays(3)));
  }

  static void create(int kafkaPort) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort))) {
      for (NewTopic topic : all()) {
        create(admin, topic);
      }
    }
  }

  private static NewTopic kept(String name, Duration retention) {
    return new NewTopic(name, PARTITIONS, REPLICAS)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                millis(retention)));
  }

  // Segments that a laptop fills, else nothing would ever be compacted; the lag spares those who
  // read the topic just then.
  private static NewTopic compacted(String name, Duration tombstones) {
    return new NewTopic(name, PARTITIONS, REPLICAS)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                millis(tombstones),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                millis(Duration.ofHours(1)),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.2",
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(4 << 20),
                TopicConfig.SEGMENT_MS_CONFIG,
                millis(Duration.ofHours(1))));
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private static void create(Admin admin, NewTopic topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed(topic, "created", e);
      }
      configure(admin, topic);
    }
  }

  // Data of an earlier version: the topic may have the broker's defaults.
  private static void configure(Admin admin, NewTopic topic) throws InterruptedException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    changes.put(
        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
        topic.configs().entrySet().stream()
            .map(setting ->
                new AlterConfigOp(
                    new ConfigEntry(setting.getKey(), setting.getValue()),
                    AlterConfigOp.OpType.SET))
            .toList());
    try {
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw failed(topic, "configured", e);
    }
  }

  private static LaptopException failed(NewTopic topic, String what, ExecutionException e) {
    return new LaptopException(
        "Topic " + topic.name() + " could not be " + what + ": " + e.getCause(), e);
  }
}
