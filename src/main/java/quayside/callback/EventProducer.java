package quayside.callback;

import io.quarkus.runtime.ImageMode;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.configuration.Problem;
import quayside.configuration.Problems;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * The Kafka client of the ingress, without a messaging framework around it: event loops send, and
 * handing each event from thread to thread would cost more than sending it. Opens beside the rest
 * of the start, since it takes a fifth of that time. Thread-safe.
 */
@Singleton
final class EventProducer {
  /** What a shutdown waits for what is still on its way; callers no longer wait for it. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final CompletableFuture<Producer<String, byte[]>> opening;

  /**
   * Begins to open it, where callbacks are received.
   *
   * @param kafka settings of all Kafka clients
   * @param opened heard by the metrics, which then show the client's own
   */
  @Inject
  EventProducer(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      CallbackConfig config,
      Event<Producer<?, ?>> opened,
      Roles roles) {
    this(
        roles.include(Role.CALLBACK)
            ? open(settings(kafka, config.kafka()), opened)
            : CompletableFuture.failedFuture(new IllegalStateException("not in this role")));
  }

  EventProducer(CompletableFuture<Producer<String, byte[]>> opening) {
    this.opening = opening;
  }

  /**
   * The client; waits until it is open, which does not need a broker.
   *
   * @throws CompletionException when its settings are wrong
   */
  Producer<String, byte[]> await() {
    return opening.join();
  }

  @PreDestroy
  void close() {
    if (!opening.isCompletedExceptionally()) {
      await().close(CLOSE_LIMIT);
    }
  }

  /**
   * The client's settings: its own over everybody's, and what is not for choice over both.
   *
   * @throws IllegalArgumentException when this executable cannot do as they say
   */
  static Map<String, Object> settings(Map<String, Object> kafka, Map<String, String> own) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putAll(own);
    Compression.check(settings, ImageMode.current().isNativeImage());
    // Durable means: acknowledged by all in-sync replicas, each record once.
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Event loops send: what cannot be queued at once fails at once, and goes to the journal. So
    // the topic must never be forgotten, as idle ones are after five minutes.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
    return settings;
  }

  /** Tells which of the client's own settings it would not take. */
  static void check(Map<String, String> own, Problems problems) {
    for (ConfigValue setting : ProducerConfig.configDef().validate(own)) {
      if (own.containsKey(setting.name()) && !setting.errorMessages().isEmpty()) {
        String name = setting.name().contains(".") ? '"' + setting.name() + '"' : setting.name();
        problems.add(
            new Problem(
                "quayside.callback.kafka." + name,
                own.get(setting.name()),
                "is nothing the Kafka client takes: " + setting.errorMessages().getFirst(),
                ""));
      }
    }
  }

  private static CompletableFuture<Producer<String, byte[]>> open(
      Map<String, Object> settings, Event<Producer<?, ?>> opened) {
    return CompletableFuture.supplyAsync(
        () -> {
          Producer<String, byte[]> producer =
              new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
          opened.fire(producer);
          return producer;
        },
        opening -> Thread.ofPlatform().daemon().name("event-producer-opening").start(opening));
  }
}
