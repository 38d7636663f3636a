package quayside.laptop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the published contract, created as an operator would before the first start. */
final class Topics {
  private static final int PARTITIONS = 6;
  private static final List<String> NAMES =
      List.of("oss.object.uploaded.v1", "oss.object.thumbnailed.v1", "oss.object.deleted.v1");

  // One record an object in the end. Segments that a laptop fills, else nothing would ever be
  // compacted; the lag is for subscribers that read the topic just then.
  private static final NewTopic STATE =
      new NewTopic("oss.object.state.v1", PARTITIONS, (short) 1)
          .configs(
              Map.of(
                  "cleanup.policy", "compact",
                  "delete.retention.ms", millis(Duration.ofDays(7)),
                  "min.compaction.lag.ms", millis(Duration.ofHours(1)),
                  "min.cleanable.dirty.ratio", "0.2",
                  "segment.bytes", Integer.toString(4 << 20),
                  "segment.ms", millis(Duration.ofHours(1))));

  private Topics() {}

  static void create(int kafkaPort) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort))) {
      for (String name : NAMES) {
        create(admin, new NewTopic(name, PARTITIONS, (short) 1));
      }
      create(admin, STATE);
    }
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private static void create(Admin admin, NewTopic topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new LaptopException(
            "Topic " + topic.name() + " could not be created: " + e.getCause(), e);
      }
    }
  }
}
