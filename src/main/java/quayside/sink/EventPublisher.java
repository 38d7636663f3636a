package quayside.sink;

import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventWriter;

/**
 * Publishes the events of one type on one channel, in the trace of whoever publishes, and waits for
 * the broker. Thread-safe.
 */
public final class EventPublisher<T> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final EventCodec<T> codec;
  private final EventWriter writer;
  private final MutinyEmitter<Record<String, byte[]>> emitter;

  /** A publisher on a channel. */
  public EventPublisher(
      EventCodec<T> codec, EventWriter writer, MutinyEmitter<Record<String, byte[]>> emitter) {
    this.codec = codec;
    this.writer = writer;
    this.emitter = emitter;
  }

  /** Returns when the event is durable. */
  public void publish(CloudEvent<T> event) throws DependencyUnavailableException {
    EventRecord record = writer.write(codec, event);
    Headers headers = new RecordHeaders();
    record.forEachHeader(headers::add);
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder().withHeaders(headers).build();
    // Said outright: the emitter may go on in another thread.
    TracingMetadata trace = TracingMetadata.withCurrent(Context.current());
    Record<String, byte[]> sent = Record.of(record.key(), record.value());
    try {
      emitter.sendMessage(Message.of(sent, Metadata.of(metadata, trace))).await().atMost(LIMIT);
    } catch (RuntimeException e) {
      throw new DependencyUnavailableException(
          "Kafka does not take the event: " + e.getMessage(), e);
    }
  }
}
