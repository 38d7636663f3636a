package quayside.laptop;

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

  private Topics() {}

  static void create(int kafkaPort) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort))) {
      for (String name : NAMES) {
        create(admin, new NewTopic(name, PARTITIONS, (short) 1));
      }
    }
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
