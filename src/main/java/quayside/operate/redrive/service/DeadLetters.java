package quayside.operate.redrive.service;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import quayside.event.EventAttributes;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.Position;
import quayside.sink.GroupTopics;
import quayside.sink.RecordOrigin;

/** What records on dead letter topics say. */
final class DeadLetters {
  private static final int MAX_VALUE_BYTES = 256 * 1024;

  private DeadLetters() {}

  static Position position(ConsumerRecord<?, ?> record) {
    return new Position(record.topic(), record.partition(), record.offset());
  }

  /** Whether a filter means it; group and topic are known from the topic already. */
  static boolean isMeant(DeadLetterFilter filter, ConsumerRecord<String, byte[]> record) {
    return isOneOf(filter, record)
        && isObject(filter, record.key())
        && (filter.cause() == null || filter.cause().equals(header(record, "dead-letter-cause")))
        && isInTime(filter, Instant.ofEpochMilli(record.timestamp()));
  }

  private static boolean isOneOf(DeadLetterFilter filter, ConsumerRecord<String, byte[]> record) {
    if (filter.idList().isEmpty()) {
      return true;
    }
    String id = attributes(record).get("id");
    return (id != null && filter.idList().contains(id))
        || filter.idList().contains(position(record).toString());
  }

  private static boolean isObject(DeadLetterFilter filter, @Nullable String recordKey) {
    if (filter.bucket() == null && filter.key() == null && filter.prefix() == null) {
      return true;
    }
    int slash = recordKey == null ? -1 : recordKey.indexOf('/');
    if (recordKey == null || slash < 0) {
      return false;
    }
    String key = recordKey.substring(slash + 1);
    return (filter.bucket() == null || filter.bucket().equals(recordKey.substring(0, slash)))
        && (filter.key() == null || filter.key().equals(key))
        && (filter.prefix() == null || key.startsWith(filter.prefix()));
  }

  private static boolean isInTime(DeadLetterFilter filter, Instant time) {
    Instant from = filter.fromTime();
    Instant to = filter.toTime();
    return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
  }

  /** Where it was first read and how often it was tried. */
  static RecordOrigin origin(ConsumerRecord<String, byte[]> record, String group) {
    String topic = GroupTopics.topicOfDeadLetters(record.topic(), group).orElseThrow();
    RecordOrigin found =
        new RecordOrigin(topic, record.partition(), record.offset(), record.timestamp(), 0, null);
    return RecordOrigin.read(name -> header(record, name), RecordOrigin.DEAD_LETTER, found);
  }

  /** How often it was moved back before. */
  static int redriveCount(ConsumerRecord<String, byte[]> record) {
    String count = header(record, RedriveMark.COUNT);
    try {
      return count == null ? 0 : Integer.parseInt(count);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** As the API shows it; {@code whole} with all headers and the value. */
  static DeadLetterView view(
      ConsumerRecord<String, byte[]> record, String group, boolean redriven, boolean whole) {
    RecordOrigin origin = origin(record, group);
    EventAttributes attributes = attributes(record);
    String text = whole ? text(record.value()) : null;
    return new DeadLetterView(
        position(record).toString(),
        group,
        header(record, "dead-letter-sink"),
        header(record, "dead-letter-cause"),
        header(record, "dead-letter-reason"),
        Instant.ofEpochMilli(record.timestamp()).toString(),
        origin.topic() + "/" + origin.partition() + "/" + origin.offset(),
        Instant.ofEpochMilli(origin.timestamp()).toString(),
        origin.attempts(),
        origin.firstFailed() == null ? null : origin.firstFailed().toString(),
        attributes.get("id"),
        attributes.get("type"),
        record.key(),
        redriveCount(record),
        redriven,
        whole ? headers(record) : null,
        text,
        whole && text == null && record.value() != null ? base64(record.value()) : null);
  }

  private static EventAttributes attributes(ConsumerRecord<String, byte[]> record) {
    return EventAttributes.of(name -> header(record, name), record.value());
  }

  static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      String value =
          header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
      headers.put(header.key(), value);
    }
    return headers;
  }

  private static @Nullable String text(byte @Nullable [] value) {
    try {
      return value == null || value.length > MAX_VALUE_BYTES
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOf(value, Math.min(value.length, MAX_VALUE_BYTES)));
  }
}
