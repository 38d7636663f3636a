package quayside.sink;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a record is to be tried again, and when: the headers added to the original ones on the retry
 * topic.
 *
 * @param failure stable code of the last failure
 * @param message one line for people; no stack trace
 * @param sink the consumer that could not apply it
 * @param group its consumer group
 * @param origin where the record came from and how often it was tried
 * @param time when it failed
 * @param due not to be tried before
 */
public record DelayedRetry(
    String failure,
    String message,
    String sink,
    String group,
    RecordOrigin origin,
    Instant time,
    Instant due) {
  /** The header that says when a record is due. */
  static final String DUE = "retry-due";

  /** The topic for it. */
  public String topic() {
    return GroupTopics.retry(origin.topic(), group);
  }

  /** The headers, in a stable order. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("retry-cause", failure);
    headers.put("retry-reason", message);
    headers.put("retry-sink", sink);
    headers.put("retry-group", group);
    origin.addTo(headers, RecordOrigin.RETRY);
    headers.put("retry-time", time.toString());
    headers.put(DUE, due.toString());
    return headers;
  }
}
