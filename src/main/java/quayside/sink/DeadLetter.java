package quayside.sink;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a record was set aside, by whom, and where it came from: the headers added to the original
 * ones on the dead letter topic. Names follow SmallRye Reactive Messaging where it has one.
 *
 * @param failure stable code, such as {@code invalid-event} or {@code image-truncated}
 * @param message one line for people; no stack trace
 * @param sink the consumer that gave it up
 * @param group its consumer group
 * @param origin where the record came from and how often it was tried
 * @param time when it was given up
 */
record DeadLetter(
    String failure, String message, String sink, String group, RecordOrigin origin, Instant time) {

  /** The topic for it. */
  String topic() {
    return GroupTopics.deadLetters(origin.topic(), group);
  }

  /** The headers, in a stable order. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("dead-letter-cause", failure);
    headers.put("dead-letter-reason", message);
    headers.put("dead-letter-sink", sink);
    headers.put("dead-letter-group", group);
    origin.addTo(headers, RecordOrigin.DEAD_LETTER);
    headers.put("dead-letter-time", time.toString());
    return headers;
  }
}
