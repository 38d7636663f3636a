package quayside.sink;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/**
 * Publishes on {@code oss.object.uploaded.v1} and {@code oss.object.deleted.v1}, keyed as callbacks
 * are, and waits for the broker. Thread-safe.
 */
@ApplicationScoped
class KafkaObservedPublisher implements ObservedEvents {
  private static final EventCodec<ObjectUploaded> UPLOADED = EventCodec.objectUploaded();
  private static final EventCodec<ObjectDeleted> DELETED = EventCodec.objectDeleted();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MutinyEmitter<Record<String, byte[]>> uploaded;
  private final MutinyEmitter<Record<String, byte[]>> deleted;

  KafkaObservedPublisher(
      @Channel("observed-uploaded") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<Record<String, byte[]>> uploaded,
      @Channel("observed-deleted") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<Record<String, byte[]>> deleted) {
    this.uploaded = uploaded;
    this.deleted = deleted;
  }

  @Override
  public void uploaded(CloudEvent<ObjectUploaded> event) throws DependencyUnavailableException {
    send(uploaded, event.partitionKey(), UPLOADED.headers(event), UPLOADED.value(event));
  }

  @Override
  public void deleted(CloudEvent<ObjectDeleted> event) throws DependencyUnavailableException {
    send(deleted, event.partitionKey(), DELETED.headers(event), DELETED.value(event));
  }

  // Callers wait for the broker, so there are never more in the buffer than callers.
  private static void send(
      MutinyEmitter<Record<String, byte[]>> emitter,
      @Nullable String key,
      Map<String, String> attributes,
      byte[] value)
      throws DependencyUnavailableException {
    Headers headers = new RecordHeaders();
    attributes.forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder().withHeaders(headers).build();
    try {
      emitter
          .sendMessage(Message.of(Record.of(key, value), Metadata.of(metadata)))
          .await()
          .atMost(LIMIT);
    } catch (RuntimeException e) {
      throw new DependencyUnavailableException(
          "Kafka does not take the event: " + e.getMessage(), e);
    }
  }
}
