package quayside.sink;

import static quayside.log.LogField.EVENT_TYPE;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.EventAttributes;

/** Runs a {@link RetryConsumer} for the group of every sink. */
@ApplicationScoped
class RetryConsumers {
  private static final Logger LOG = Logger.getLogger(RetryConsumers.class);

  private final Map<String, Object> kafka;
  private final SinkConfig config;
  private final BatchConsumers consumers;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final List<RetryConsumer> running = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<KafkaClientMetrics> clientMetrics = new ArrayList<>();

  RetryConsumers(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      SinkConfig config,
      BatchConsumers consumers,
      MeterRegistry metrics,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.config = config;
    this.consumers = consumers;
    this.metrics = metrics;
    this.clock = clock;
  }

  // After the consumers of the sinks, which make themselves known.
  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    for (String group : consumers.groups()) {
      KafkaConsumer<String, byte[]> client = client(group);
      KafkaClientMetrics bound = new KafkaClientMetrics(client);
      bound.bindTo(metrics);
      clientMetrics.add(bound);
      RetryConsumer consumer =
          new RetryConsumer(
              group, client, record -> apply(group, record), config.retry().held(), clock);
      running.add(consumer);
      threads.add(Thread.ofPlatform().name(GroupTopics.retryReaders(group)).start(consumer));
    }
  }

  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event)
      throws InterruptedException {
    running.forEach(RetryConsumer::close);
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(5));
    }
    clientMetrics.forEach(KafkaClientMetrics::close);
  }

  private void apply(String group, ConsumerRecord<String, byte[]> record) {
    @Nullable String type =
        EventAttributes.of(name -> BatchConsumer.header(record, name), record.value()).get("type");
    Optional<BatchConsumer<?>> consumer =
        consumers.of(group).stream().filter(c -> type != null && c.reads(type)).findFirst();
    if (consumer.isPresent()) {
      consumer.get().acceptAgain(record);
    } else {
      LOG.debugf("no consumer for a retry %s", EVENT_TYPE.of(type));
      RecordOrigin found =
          new RecordOrigin(
              record.topic(), record.partition(), record.offset(), record.timestamp(), 0, null);
      consumers
          .failures(group, group)
          .permanently(
              record,
              RecordOrigin.read(
                  name -> BatchConsumer.header(record, name), RecordOrigin.RETRY, found),
              "invalid-event",
              "type: " + type + " is nothing that " + group + " reads");
    }
  }

  private KafkaConsumer<String, byte[]> client(String group) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GroupTopics.retryReaders(group));
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, GroupTopics.retryReaders(group));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    // A retry topic appears with the first retry, and is found this soon. Milliseconds.
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
