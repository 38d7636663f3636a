package quayside.sink.catalog.state;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import quayside.LaptopStackResource;
import quayside.TopicContent;
import quayside.sink.catalog.Kafka;

/** The states as they are on the broker now, read from the beginning with a plain client. */
public final class StateTopic {
  public static final String NAME = "oss.object.state.v1";
  private static final JsonMapper JSON = new JsonMapper();

  private StateTopic() {}

  /** Everything on a topic, of each partition in its order. */
  public static List<ConsumerRecord<String, byte[]>> read(String topic) {
    return TopicContent.of(
        LaptopStackResource.running().getProperty("kafka.bootstrap.servers"), topic);
  }

  /** The records of one object, oldest first. */
  public static List<ConsumerRecord<String, byte[]>> of(String bucket, String key) {
    return read(NAME).stream().filter(record -> record.key().equals(bucket + "/" + key)).toList();
  }

  /** The newest record of one object; null when there is none. */
  public static @Nullable ConsumerRecord<String, byte[]> last(String bucket, String key) {
    List<ConsumerRecord<String, byte[]>> records = of(bucket, key);
    return records.isEmpty() ? null : records.getLast();
  }

  /** The newest record of each key. */
  public static Map<String, ConsumerRecord<String, byte[]>> newest(
      List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().collect(toMap(ConsumerRecord::key, r -> r, (older, newer) -> newer));
  }

  public static long sequence(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(Kafka.header(record, "ce_sequence"));
  }

  /** What a record says; nothing, when it is a tombstone. */
  public static JsonNode json(ConsumerRecord<String, byte[]> record) {
    try {
      return record.value() == null ? MissingNode.getInstance() : JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
