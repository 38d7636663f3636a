package quayside.sink;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jboss.logging.Logger;

/**
 * How far each consumer group is, and how far behind: the gauges {@code quayside.consumer.lag} and
 * {@code quayside.consumer.position} per group and topic, over all partitions and all instances, so
 * every instance shows the same. Asks Kafka in a thread of its own.
 */
@ApplicationScoped
class GroupLagKafkaAdmin {
  private static final Logger LOG = Logger.getLogger(GroupLagKafkaAdmin.class);
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Map<String, Object> kafka;
  private final SinkConfig config;
  private final BatchConsumers consumers;
  private final MultiGauge lag;
  private final MultiGauge position;
  private final CountDownLatch stopping = new CountDownLatch(1);

  GroupLagKafkaAdmin(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      SinkConfig config,
      BatchConsumers consumers,
      MeterRegistry metrics) {
    this.kafka = Map.copyOf(kafka);
    this.config = config;
    this.consumers = consumers;
    this.lag =
        MultiGauge.builder("quayside.consumer.lag")
            .description("Records that a consumer group has not processed yet")
            .register(metrics);
    this.position =
        MultiGauge.builder("quayside.consumer.position")
            .description("Records that a consumer group has committed, from the first offset on")
            .register(metrics);
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    if (!groups().isEmpty()) {
      Thread.ofVirtual().name("consumer-lag").start(this::watch);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void watch() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "quayside-lag");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      do {
        measure(admin);
      } while (!stopping.await(config.lagInterval().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure(Admin admin) throws InterruptedException {
    List<MultiGauge.Row<?>> lags = new ArrayList<>();
    List<MultiGauge.Row<?>> positions = new ArrayList<>();
    try {
      for (String group : groups()) {
        addRows(admin, group, lags, positions);
      }
      lag.register(lags, true);
      position.register(positions, true);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("lag is not known %s", CAUSE.of(e.toString()));
    }
  }

  private Set<String> groups() {
    Set<String> groups = new TreeSet<>(consumers.observedGroups());
    for (String group : consumers.groups()) {
      groups.add(group);
      groups.add(GroupTopics.retryReaders(group));
    }
    return groups;
  }

  private static void addRows(
      Admin admin,
      String group,
      List<MultiGauge.Row<?>> lagRows,
      List<MultiGauge.Row<?>> positionRows)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> next = nextOffsets(admin, group);
    Map<String, Long> lags = new TreeMap<>();
    Map<String, Long> positions = new TreeMap<>();
    offsets(admin, next.keySet(), OffsetSpec.latest())
        .forEach((partition, end) -> {
          long done = next.getOrDefault(partition, end);
          lags.merge(partition.topic(), Math.max(0, end - done), Long::sum);
          positions.merge(partition.topic(), done, Long::sum);
        });
    lags.forEach((topic, behind) -> lagRows.add(row(group, topic, behind)));
    positions.forEach((topic, done) -> positionRows.add(row(group, topic, done)));
  }

  private static MultiGauge.Row<?> row(String group, String topic, long records) {
    return MultiGauge.Row.of(Tags.of("group", group, "topic", topic), records);
  }

  // What is committed; of partitions that are assigned and not committed yet, the beginning.
  private static Map<TopicPartition, Long> nextOffsets(Admin admin, String group)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> next = new HashMap<>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((partition, committed) -> {
          if (committed != null) {
            next.put(partition, committed.offset());
          }
        });
    Set<TopicPartition> untouched = assigned(admin, group);
    untouched.removeAll(next.keySet());
    next.putAll(offsets(admin, untouched, OffsetSpec.earliest()));
    return next;
  }

  private static Set<TopicPartition> assigned(Admin admin, String group)
      throws ExecutionException, TimeoutException, InterruptedException {
    Set<TopicPartition> assigned = new HashSet<>();
    try {
      get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
          .flatMap(description -> description.members().stream())
          .forEach(member -> assigned.addAll(member.assignment().topicPartitions()));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return assigned;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Set<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(asked).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }
}
