package quayside.console.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One message of a stream.
 *
 * @param event what it is; null for a comment, which says that the stream is alive
 * @param data one line of JSON; of a comment nothing
 */
record LiveMessage(@Nullable String event, String data) {
  static final LiveMessage HEARTBEAT = new LiveMessage(null, "");

  /** The first one. */
  static LiveMessage hello(Instant time, String instance) {
    return new LiveMessage(
        "hello",
        JsonNodeFactory.instance
            .objectNode()
            .put("time", time.toString())
            .put("instance", instance)
            .toString());
  }

  /** Whether Kafka answers. */
  static LiveMessage kafka(boolean available) {
    return new LiveMessage("kafka", "{\"available\":" + available + "}");
  }

  /**
   * What happened.
   *
   * @param omitted entries that were left out, since there were too many
   */
  static LiveMessage entries(Instant time, long omitted, Collection<EntryLine> lines) {
    StringBuilder json = new StringBuilder(lines.stream().mapToInt(l -> l.json().length()).sum());
    json.append("{\"time\":\"").append(time).append("\",\"omitted\":").append(omitted);
    String separator = ",\"entries\":[";
    for (EntryLine line : lines) {
      json.append(separator).append(line.json());
      separator = ",";
    }
    return new LiveMessage("entries", json.append("]}").toString());
  }
}
