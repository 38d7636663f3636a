package quayside.sink;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a record was first read and what has been tried since. It travels in headers, whose names
 * begin with {@code retry-} on a retry topic and {@code dead-letter-} on a dead letter topic.
 *
 * @param topic the topic that was published to
 * @param partition partition there
 * @param offset offset there
 * @param timestamp the record's own time, in milliseconds since 1970
 * @param attempts tries that failed so far
 * @param firstFailed when the first of them failed; null before that
 */
public record RecordOrigin(
    String topic,
    int partition,
    long offset,
    long timestamp,
    int attempts,
    @Nullable Instant firstFailed) {
  /** Begins the names of the headers on a retry topic. */
  public static final String RETRY = "retry-";

  /** Begins the names of the headers on a dead letter topic. */
  public static final String DEAD_LETTER = "dead-letter-";

  /** The same after one more failure. */
  RecordOrigin failed(Instant now) {
    return new RecordOrigin(
        topic, partition, offset, timestamp, attempts + 1, firstFailed == null ? now : firstFailed);
  }

  /** The same with all tries ahead. */
  public RecordOrigin untried() {
    return new RecordOrigin(topic, partition, offset, timestamp, 0, firstFailed);
  }

  /** Adds it to the headers of a record. */
  public void addTo(Map<String, String> headers, String prefix) {
    headers.put(prefix + "topic", topic);
    headers.put(prefix + "partition", Integer.toString(partition));
    headers.put(prefix + "offset", Long.toString(offset));
    headers.put(prefix + "timestamp", Long.toString(timestamp));
    headers.put(prefix + "attempts", Integer.toString(attempts));
    if (firstFailed != null) {
      headers.put(prefix + "first-failed", firstFailed.toString());
    }
  }

  /**
   * Reads it from the headers of a record.
   *
   * @param found what stands for it as far as the headers say nothing readable: where the record
   *     was found
   */
  public static RecordOrigin read(
      UnaryOperator<@Nullable String> header, String prefix, RecordOrigin found) {
    String topic = header.apply(prefix + "topic");
    if (topic == null || topic.isEmpty()) {
      return found;
    }
    return new RecordOrigin(
        topic,
        (int) number(header.apply(prefix + "partition"), found.partition),
        number(header.apply(prefix + "offset"), found.offset),
        number(header.apply(prefix + "timestamp"), found.timestamp),
        (int) number(header.apply(prefix + "attempts"), found.attempts),
        time(header.apply(prefix + "first-failed")));
  }

  /** A time in a header; null when it is absent or unreadable. */
  public static @Nullable Instant time(@Nullable String header) {
    try {
      return header == null ? null : Instant.parse(header);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static long number(@Nullable String header, long otherwise) {
    try {
      return header == null ? otherwise : Long.parseLong(header);
    } catch (NumberFormatException unreadable) {
      return otherwise;
    }
  }
}
