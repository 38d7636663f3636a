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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * How far each consumer group is behind: the gauge {@code quayside.consumer.lag} per group and
 * topic, over all partitions and all instances, so every instance shows the same. Partitions that a
 * group has not committed yet are not counted. Asks Kafka in a thread of its own.
 */
@ApplicationScoped
class GroupLagKafkaAdmin {
  private static final Logger LOG = Logger.getLogger(GroupLagKafkaAdmin.class);
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Map<String, Object> kafka;
  private final SinkConfig config;
  private final BatchConsumers consumers;
  private final MultiGauge lag;
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
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    if (!consumers.groups().isEmpty()) {
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
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    try {
      for (String group : consumers.groups()) {
        addRows(admin, group, rows);
        addRows(admin, group + ".retry", rows);
      }
      lag.register(rows, true);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("lag is not known %s", CAUSE.of(e.toString()));
    }
  }

  private static void addRows(Admin admin, String group, List<MultiGauge.Row<?>> rows)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    committed.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    Map<String, Long> lags = new TreeMap<>();
    admin
        .listOffsets(ends)
        .all()
        .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .forEach((partition, end) -> {
          OffsetAndMetadata next = committed.get(partition);
          long behind = next == null ? 0 : Math.max(0, end.offset() - next.offset());
          lags.merge(partition.topic(), behind, Long::sum);
        });
    lags.forEach((topic, behind) ->
        rows.add(MultiGauge.Row.of(Tags.of("group", group, "topic", topic), behind)));
  }
}
