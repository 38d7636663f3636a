package quayside.sink.thumbnail;

import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectThumbnailed;
import quayside.sink.DependencyUnavailableException;

/**
 * Publishes on {@code oss.object.thumbnailed.v1}, keyed as the upload, and waits for the broker.
 * Thread-safe.
 */
@ApplicationScoped
class KafkaThumbnailedPublisher implements ThumbnailedPublisher {
  private static final EventCodec<ObjectThumbnailed> CODEC = EventCodec.objectThumbnailed();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MutinyEmitter<Record<String, byte[]>> emitter;

  KafkaThumbnailedPublisher(
      @Channel("object-thumbnailed") MutinyEmitter<Record<String, byte[]>> emitter) {
    this.emitter = emitter;
  }

  @Override
  public void publish(CloudEvent<ObjectThumbnailed> event) throws DependencyUnavailableException {
    Headers headers = new RecordHeaders();
    CODEC
        .headers(event)
        .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder().withHeaders(headers).build();
    // Said outright: the emitter may go on in another thread.
    TracingMetadata trace = TracingMetadata.withCurrent(Context.current());
    Record<String, byte[]> record = Record.of(event.partitionKey(), CODEC.value(event));
    try {
      emitter.sendMessage(Message.of(record, Metadata.of(metadata, trace))).await().atMost(LIMIT);
    } catch (RuntimeException e) {
      throw new DependencyUnavailableException(
          "Kafka does not take the event: " + e.getMessage(), e);
    }
  }
}
