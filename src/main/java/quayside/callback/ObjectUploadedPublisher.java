package quayside.callback;

import io.opentelemetry.context.Context;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.callback.journal.JournalConfig;
import quayside.callback.journal.UnpublishableException;
import quayside.event.EventRecord;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * Publishes events on Kafka; durable means acknowledged by all in-sync replicas. An event occupies
 * one of a bounded number of places until Kafka has taken or refused it, even when the caller has
 * given up waiting: so no queue grows while Kafka is away, and callers beyond the bound learn it at
 * once.
 */
@Singleton
@Typed(ObjectUploadedPublisher.class)
class ObjectUploadedPublisher implements EventOutbox {
  /** How long a start waits to know the topic: without, the first events go to the journal. */
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(ObjectUploadedPublisher.class);

  private final EventProducer opening;
  private final PublishTrace traces;
  private final String topic;
  private final Semaphore places;
  private volatile @Nullable Producer<String, byte[]> producer;

  ObjectUploadedPublisher(
      EventProducer opening,
      PublishTrace traces,
      TopicsConfig topics,
      CallbackConfig config,
      JournalConfig journal) {
    this.opening = opening;
    this.traces = traces;
    this.topic = topics.objectUploaded();
    this.places = new Semaphore(places(config.maxInFlight(), journal.enabled()));
  }

  // The producer never blocks a caller (max.block.ms is 0), so it must know the topic before.
  void connect(@Observes StartupEvent started, Roles roles) throws InterruptedException {
    if (!roles.include(Role.CALLBACK)) {
      return;
    }
    Producer<String, byte[]> connected = opening.await();
    long deadline = System.nanoTime() + FIRST_CONTACT.toNanos();
    while (!knowsTopic(connected) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    producer = connected;
  }

  private boolean knowsTopic(Producer<String, byte[]> connected) {
    try {
      return !connected.partitionsFor(topic).isEmpty();
    } catch (KafkaException notYet) {
      LOG.tracef("topic %s not known yet: %s", topic, notYet.getMessage());
      return false;
    }
  }

  // With all callbacks waiting for a Kafka that is away, none would be left for the journal.
  private static int places(int maxInFlight, boolean journal) {
    return journal ? Math.max(1, maxInFlight / 2) : maxInFlight;
  }

  @Override
  public CompletableFuture<Durability> store(EventRecord record, Deadline deadline) {
    return deadline
        .publishing(() -> send(record))
        .handle((published, failure) -> {
          if (failure == null) {
            return Durability.PUBLISHED;
          }
          throw new CompletionException(refused(Failures.unwrap(failure)));
        });
  }

  // When the caller stops waiting, the sending goes on and gives its place back at its own end.
  private CompletableFuture<Void> send(EventRecord record) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(new CallbackRefusedException(RefusalReason.OVERLOADED));
    }
    CompletableFuture<Void> sent;
    try {
      sent = send(Context.current(), record);
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    return sent.whenComplete((done, failure) -> places.release());
  }

  /** Sends a record in the trace of its callback; fails with what Kafka says. */
  private CompletableFuture<Void> send(Context callback, EventRecord record) {
    Context trace = traces.start(callback);
    Headers headers = new RecordHeaders();
    record.forEachHeader(headers::add);
    KeptTrace.keep(
        trace,
        (name, text) -> headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8)));
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      send(new ProducerRecord<>(topic, null, record.key(), record.value(), headers), sent);
    } catch (RuntimeException e) {
      sent.completeExceptionally(e);
    }
    return sent.whenComplete((done, failure) -> traces.end(trace, failure));
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // The producer's future says what its callback says.
  private void send(ProducerRecord<String, byte[]> record, CompletableFuture<Void> sent) {
    Producer<String, byte[]> connected = producer;
    if (connected == null) {
      throw new IllegalStateException("the service is still starting");
    }
    connected.send(
        record,
        (metadata, failure) -> {
          if (failure == null) {
            sent.complete(null);
          } else {
            sent.completeExceptionally(failure);
          }
        });
  }

  private static CallbackRefusedException refused(Throwable cause) {
    return cause instanceof CallbackRefusedException refused
        ? refused
        : new CallbackRefusedException(RefusalReason.NOT_DURABLE, cause);
  }

  /**
   * Publishes what the journal kept. Takes no place: the drainer bounds itself, and must get
   * through while callers wait.
   */
  CompletionStage<Void> publish(EventRecord kept) {
    return send(KeptTrace.of(kept.headers()), kept)
        .exceptionallyCompose(failure ->
            CompletableFuture.failedFuture(
                Failures.unwrap(failure) instanceof RecordTooLargeException tooLarge
                    ? new UnpublishableException("larger than Kafka takes", tooLarge)
                    : failure));
  }
}
