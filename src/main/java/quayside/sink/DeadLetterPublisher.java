package quayside.sink;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Sets records aside on {@code <topic>.<group>.dlq}, unchanged but for the {@link DeadLetter}
 * headers. Thread-safe.
 */
@ApplicationScoped
public class DeadLetterPublisher implements DeadLetters {
  private final MutinyEmitter<Record<String, byte[]>> emitter;

  DeadLetterPublisher(@Channel("dead-letter") MutinyEmitter<Record<String, byte[]>> emitter) {
    this.emitter = emitter;
  }

  /** The dead letter topic of a consumer group. */
  public static String topic(String topic, String group) {
    return topic + "." + group + ".dlq";
  }

  @Override
  public Uni<Void> publish(
      ConsumerRecord<String, byte[]> record, String group, DeadLetter deadLetter) {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      headers.add(header);
    }
    deadLetter
        .headers()
        .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(topic(record.topic(), group))
            .withHeaders(headers)
            .build();
    return emitter.sendMessage(
        Message.of(Record.of(record.key(), record.value()), Metadata.of(metadata)));
  }
}
