package quayside.callback;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import quayside.TopicContent;
import quayside.event.CloudEvent;
import quayside.event.EventAttributes;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;
import quayside.event.ObjectUploaded;

/** Reads the topic as a subscriber does. */
final class PublishedEvents {
  private static final String TOPIC = "oss.object.uploaded.v1";

  private PublishedEvents() {}

  /** Every record with this event id that the topic holds at this moment. */
  static List<ConsumerRecord<String, byte[]>> withId(String bootstrapServers, String id) {
    return withId(bootstrapServers, TOPIC, id);
  }

  /** As above, of another topic. */
  static List<ConsumerRecord<String, byte[]>> withId(
      String bootstrapServers, String topic, String id) {
    return TopicContent.of(bootstrapServers, topic).stream()
        .filter(record -> id.equals(attributes(record).get("id")))
        .toList();
  }

  static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static EventAttributes attributes(ConsumerRecord<String, byte[]> record) {
    return EventAttributes.of(name -> header(record, name), record.value());
  }

  static CloudEvent<ObjectUploaded> read(ConsumerRecord<String, byte[]> record) {
    try {
      return EventCodec.objectUploaded().read(name -> header(record, name), record.value());
    } catch (InvalidEventException e) {
      throw new AssertionError(e);
    }
  }
}
