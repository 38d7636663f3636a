package quayside.console.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is on Kafka.
 *
 * @param timestamp the record's own time; RFC 3339
 * @param headers as text; of several of a name the last
 * @param value as text; null when there is none, or it is no text
 * @param valueBase64 what is no text; left out otherwise
 */
@JsonPropertyOrder({
  "topic",
  "partition",
  "offset",
  "timestamp",
  "key",
  "headers",
  "value",
  "valueBase64"
})
record RawEvent(
    String topic,
    int partition,
    long offset,
    String timestamp,
    @Nullable String key,
    Map<String, String> headers,
    @Nullable String value,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String valueBase64) {}
