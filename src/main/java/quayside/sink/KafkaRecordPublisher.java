package quayside.sink;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import quayside.event.EventAttributes;

/** The publisher on the channel {@code dead-letter}, whose topic is chosen per record. */
@ApplicationScoped
class KafkaRecordPublisher implements RecordPublisher {
  private final MutinyEmitter<Record<String, byte[]>> emitter;
  private final OpenTelemetry telemetry;

  KafkaRecordPublisher(
      @Channel("dead-letter") MutinyEmitter<Record<String, byte[]>> emitter,
      OpenTelemetry telemetry) {
    this.emitter = emitter;
    this.telemetry = telemetry;
  }

  @Override
  public Uni<Void> publish(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(topic)
            .withHeaders(merged(record.headers(), headers))
            .build();
    TracingMetadata trace = TracingMetadata.withCurrent(trace(record));
    return emitter.sendMessage(
        Message.of(Record.of(record.key(), value(record, headers)), Metadata.of(metadata, trace)));
  }

  private static byte[] value(ConsumerRecord<String, byte[]> record, Map<String, String> added) {
    byte[] value = record.value();
    for (Map.Entry<String, String> header : added.entrySet()) {
      if (header.getKey().startsWith(EventAttributes.HEADER_PREFIX)) {
        String attribute = header.getKey().substring(EventAttributes.HEADER_PREFIX.length());
        byte[] changed =
            EventAttributes.of(name -> BatchConsumer.header(record, name), value)
                .valueWith(attribute, header.getValue());
        value = changed == null ? value : changed;
      }
    }
    return value;
  }

  // The event's own trace goes on, whoever passes it on: an operator's request has another.
  private Context trace(ConsumerRecord<String, byte[]> record) {
    Context current = Context.current();
    Context sent = EventTraces.sent(telemetry, name -> BatchConsumer.header(record, name));
    String traceId = Span.fromContext(sent).getSpanContext().getTraceId();
    return traceId.equals(Span.fromContext(current).getSpanContext().getTraceId()) ? current : sent;
  }

  // Without the trace as it came: the connector writes it anew, and it must be there once.
  private Headers merged(Headers original, Map<String, String> added) {
    Collection<String> trace = telemetry.getPropagators().getTextMapPropagator().fields();
    Headers headers = new RecordHeaders();
    for (Header header : original) {
      if (!added.containsKey(header.key())
          && !trace.contains(header.key())
          && !header.key().startsWith(RecordOrigin.RETRY)
          && !header.key().startsWith(RecordOrigin.DEAD_LETTER)) {
        headers.add(header);
      }
    }
    added.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    return headers;
  }
}
