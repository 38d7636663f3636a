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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * How far each consumer group is, and how far behind: the gauges {@code quayside.consumer.lag} and
 * {@code quayside.consumer.position} per group and topic, over all partitions and all instances, so
 * every instance shows the same. Asks Kafka in a thread of its own.
 */
@ApplicationScoped
class GroupLagKafkaAdmin {
  private static final Logger LOG = Logger.getLogger(GroupLagKafkaAdmin.class);

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
    try (GroupProgressKafkaAdmin admin = new GroupProgressKafkaAdmin(kafka, "quayside-lag")) {
      do {
        measure(admin);
      } while (!stopping.await(config.lagInterval().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure(GroupProgressKafkaAdmin admin) throws InterruptedException {
    List<MultiGauge.Row<?>> lags = new ArrayList<>();
    List<MultiGauge.Row<?>> positions = new ArrayList<>();
    try {
      for (String group : groups()) {
        admin
            .of(group)
            .forEach((topic, progress) -> {
              lags.add(row(group, topic, progress.lag()));
              positions.add(row(group, topic, progress.position()));
            });
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

  private static MultiGauge.Row<?> row(String group, String topic, long records) {
    return MultiGauge.Row.of(Tags.of("group", group, "topic", topic), records);
  }
}
