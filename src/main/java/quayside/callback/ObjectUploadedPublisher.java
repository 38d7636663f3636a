package quayside.callback;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
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
 */
@ApplicationScoped
@Typed(ObjectUploadedPublisher.class)
class ObjectUploadedPublisher implements EventOutbox {
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final MutinyEmitter<byte[]> emitter;
  private final Semaphore places;

  ObjectUploadedPublisher(
      // Unbounded because the places bound it.
      @Channel("callback-object-uploaded") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<byte[]> emitter,
      CallbackConfig config,
      JournalConfig journal) {
    this.emitter = emitter;
    this.places = new Semaphore(places(config.maxInFlight(), journal.enabled()));
  }

  // With all callbacks waiting for a Kafka that is away, none would be left for the journal.
  private static int places(int maxInFlight, boolean journal) {
    return journal ? Math.max(1, maxInFlight / 2) : maxInFlight;
  }

  @Override
  public Uni<Durability> store(CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return Uni.createFrom()
        .deferred(() -> {
          if (!places.tryAcquire()) {
            return Uni.createFrom().failure(new CallbackRefusedException(RefusalReason.OVERLOADED));
          }
          return deadline
              .publishing(send(event))
              .replaceWith(Durability.PUBLISHED)
              .onFailure(failure -> !(failure instanceof CallbackRefusedException))
              .transform(cause -> new CallbackRefusedException(RefusalReason.NOT_DURABLE, cause));
        });
  }

  // Memoized: when the caller stops waiting, the sending goes on and gives its place back at its
  // own end.
  private Uni<Void> send(CloudEvent<ObjectUploaded> event) {
    return Uni.createFrom()
        .deferred(() -> emitter.sendMessage(message(event)))
        .onTermination()
        .invoke(places::release)
        .memoize()
        .indefinitely();
  }

  /**
   * Publishes what the journal kept. Takes no place: the drainer bounds itself, and must get
   * through while callers wait.
   */
  CompletionStage<Void> publish(JournalRecord kept) {
    return emitter
        .sendMessage(
            message(kept.key(), KeptTrace.without(kept.headers()), kept.value())
                .addMetadata(TracingMetadata.withCurrent(KeptTrace.of(kept.headers()))))
        .onFailure(RecordTooLargeException.class)
        .transform(e -> new UnpublishableException("larger than Kafka takes", e))
        .subscribeAsCompletionStage();
  }

  private static Message<byte[]> message(CloudEvent<ObjectUploaded> event) {
    return message(event.partitionKey(), CODEC.headers(event), CODEC.value(event));
  }

  private static Message<byte[]> message(
      @Nullable String key, Map<String, String> attributes, byte[] value) {
    Headers headers = new RecordHeaders();
    attributes.forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    return Message.of(value)
        .addMetadata(
            OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(key)
                .withHeaders(headers)
                .build());
  }
}
