package quayside.callback;

import io.opentelemetry.context.Context;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.callback.journal.JournalConfig;
import quayside.callback.journal.JournalRecord;
import quayside.callback.journal.UnpublishableException;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;

/**
 * Publishes events on Kafka; durable means acknowledged by all in-sync replicas. An event occupies
 * one of a bounded number of places until Kafka has taken or refused it, even when the caller has
 * given up waiting: so no queue grows while Kafka is away, and callers beyond the bound learn it at
 * once.
 *
 * <p>What OSS waits for goes straight to the producer of the channel: its hand-over between threads
 * and contexts would cost more than the sending. What the journal kept goes through the channel.
 */
@ApplicationScoped
@Typed(ObjectUploadedPublisher.class)
class ObjectUploadedPublisher implements EventOutbox {
  private static final String CHANNEL = "callback-object-uploaded";
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  /** How long a start waits to know the topic: without, the first events go to the journal. */
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(ObjectUploadedPublisher.class);

  private final MutinyEmitter<byte[]> emitter;
  private final KafkaClientService clients;
  private final PublishTrace traces;
  private final String topic;
  private final Semaphore places;
  private volatile @Nullable Producer<String, byte[]> producer;

  ObjectUploadedPublisher(
      // Unbounded because the drainer bounds it.
      @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<byte[]> emitter,
      KafkaClientService clients,
      PublishTrace traces,
      TopicsConfig topics,
      CallbackConfig config,
      JournalConfig journal) {
    this.emitter = emitter;
    this.clients = clients;
    this.traces = traces;
    this.topic = topics.objectUploaded();
    this.places = new Semaphore(places(config.maxInFlight(), journal.enabled()));
  }

  // The producer never blocks a caller (max.block.ms is 0), so it must know the topic before.
  void connect(@Observes StartupEvent started) throws InterruptedException {
    Producer<String, byte[]> connected =
        clients.<String, byte[]>getProducer(CHANNEL).unwrap();
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
  public CompletableFuture<Durability> store(
      CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return deadline
        .publishing(() -> send(event))
        .handle((published, failure) -> {
          if (failure == null) {
            return Durability.PUBLISHED;
          }
          throw new CompletionException(refused(Failures.unwrap(failure)));
        });
  }

  // When the caller stops waiting, the sending goes on and gives its place back at its own end.
  private CompletableFuture<Void> send(CloudEvent<ObjectUploaded> event) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new CallbackRefusedException(RefusalReason.OVERLOADED));
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Context trace = traces.start();
    sent.whenComplete((done, failure) -> {
      places.release();
      traces.end(trace, failure);
    });
    send(record(event, trace), sent);
    return sent;
  }

  private void send(ProducerRecord<String, byte[]> record, CompletableFuture<Void> sent) {
    Producer<String, byte[]> connected = producer;
    if (connected == null) {
      sent.completeExceptionally(new IllegalStateException("the service is still starting"));
      return;
    }
    try {
      connected.send(
          record,
          (metadata, failure) -> {
            if (failure == null) {
              sent.complete(null);
            } else {
              sent.completeExceptionally(failure);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      sent.completeExceptionally(e);
    }
  }

  private ProducerRecord<String, byte[]> record(CloudEvent<ObjectUploaded> event, Context trace) {
    Headers headers = headers(KeptTrace.keep(trace, CODEC.headers(event)));
    return new ProducerRecord<>(topic, null, event.partitionKey(), CODEC.value(event), headers);
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
  CompletionStage<Void> publish(JournalRecord kept) {
    return emitter
        .sendMessage(
            message(kept.key(), headers(KeptTrace.without(kept.headers())), kept.value())
                .addMetadata(TracingMetadata.withCurrent(KeptTrace.of(kept.headers()))))
        .onFailure(RecordTooLargeException.class)
        .transform(e -> new UnpublishableException("larger than Kafka takes", e))
        .subscribeAsCompletionStage();
  }

  private static Message<byte[]> message(@Nullable String key, Headers headers, byte[] value) {
    return Message.of(value)
        .addMetadata(
            OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(key)
                .withHeaders(headers)
                .build());
  }

  private static Headers headers(Map<String, String> attributes) {
    Headers headers = new RecordHeaders();
    attributes.forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    return headers;
  }
}
