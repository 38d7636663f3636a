package quayside.operate.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What Kafka's own client tells of topics; nothing is changed. To be closed. */
final class KafkaAdmin implements AutoCloseable {
  private final Admin admin;
  private final Duration timeout;

  KafkaAdmin(Map<String, String> properties, Duration timeout) {
    Map<String, Object> configuration = new HashMap<>(properties);
    int millis = (int) timeout.toMillis();
    configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    configuration.put(AdminClientConfig.CLIENT_ID_CONFIG, "quayside-doctor");
    this.admin = Admin.create(configuration);
    this.timeout = timeout;
  }

  /**
   * A topic.
   *
   * @param operations what these credentials may do with it; empty when the brokers do not say
   * @param replicas of its worst partition
   * @param leaderless partitions without a leader
   */
  record Topic(int partitions, int replicas, int leaderless, Set<String> operations) {}

  /** How many brokers answer. */
  int brokers() throws ExecutionException, TimeoutException, InterruptedException {
    return get(admin.describeCluster().nodes()).size();
  }

  /** A topic, or null when there is none, or none that these credentials may see. */
  @Nullable Topic topic(String name)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
      Map<String, TopicDescription> topics =
          get(admin.describeTopics(List.of(name), options).allTopicNames());
      TopicDescription topic = topics.get(name);
      return topic == null ? null : topic(topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  /** A setting of a topic; null when it cannot be read. */
  @Nullable String topicSetting(String topic, String setting)
      throws TimeoutException, InterruptedException {
    return setting(new ConfigResource(ConfigResource.Type.TOPIC, topic), setting);
  }

  /** A setting of some broker; null when it cannot be read. */
  @Nullable String brokerSetting(String setting)
      throws ExecutionException, TimeoutException, InterruptedException {
    String broker = get(admin.describeCluster().nodes()).iterator().next().idString();
    return setting(new ConfigResource(ConfigResource.Type.BROKER, broker), setting);
  }

  private @Nullable String setting(ConfigResource resource, String setting)
      throws TimeoutException, InterruptedException {
    try {
      Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
      ConfigEntry entry = config == null ? null : config.get(setting);
      return entry == null ? null : entry.value();
    } catch (ExecutionException notPermitted) {
      return null;
    }
  }

  private static Topic topic(TopicDescription topic) {
    Set<AclOperation> operations = topic.authorizedOperations();
    return new Topic(
        topic.partitions().size(),
        topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0),
        (int)
            topic.partitions().stream()
                .filter(p -> p.leader() == null || p.leader().isEmpty())
                .count(),
        operations == null
            ? Set.of()
            : operations.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet()));
  }

  private <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
