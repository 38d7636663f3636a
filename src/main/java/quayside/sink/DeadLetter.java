package quayside.sink;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a record was set aside, and where it came from: the headers added to the original ones on the
 * dead letter topic. Names follow SmallRye Reactive Messaging where it has one.
 *
 * @param failure stable code, such as {@code invalid-event} or {@code image-truncated}
 * @param message one line for people; no stack trace
 * @param topic where the record was
 * @param partition where the record was
 * @param offset where the record was
 * @param attempts how often it was tried
 * @param time when it was given up
 */
record DeadLetter(
    String failure,
    String message,
    String topic,
    int partition,
    long offset,
    int attempts,
    Instant time) {

  /** The headers, in a stable order. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("dead-letter-cause", failure);
    headers.put("dead-letter-reason", message);
    headers.put("dead-letter-topic", topic);
    headers.put("dead-letter-partition", Integer.toString(partition));
    headers.put("dead-letter-offset", Long.toString(offset));
    headers.put("dead-letter-attempts", Integer.toString(attempts));
    headers.put("dead-letter-time", time.toString());
    return headers;
  }
}
