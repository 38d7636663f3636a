package quayside.sink.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.sink.PermanentFailureException;

/**
 * One column of a table, and where its value comes from.
 *
 * @param name column name
 * @param type SQL type
 * @param value from an event to what the driver sends
 */
record Column<T>(String name, String type, Value<T> value) {
  private static final JsonMapper JSON = new JsonMapper();

  /** From an event to a value; throws when the column cannot hold it exactly. */
  @FunctionalInterface
  interface Value<T> {
    @Nullable Object of(CloudEvent<T> event) throws PermanentFailureException;
  }

  static <T> Column<T> text(String name, Function<CloudEvent<T>, @Nullable String> value) {
    return new Column<>(name, "text", event -> StoredText.exact(name, value.apply(event)));
  }

  /** Text of 1 to {@code maxBytes} bytes: for what is part of an index. */
  static <T> Column<T> text(
      String name, int maxBytes, String failure, Function<CloudEvent<T>, @Nullable String> value) {
    return new Column<>(
        name, "text", event -> StoredText.bounded(name, value.apply(event), maxBytes, failure));
  }

  static <T> Column<T> bigint(String name, Function<CloudEvent<T>, @Nullable Long> value) {
    return new Column<>(name, "bigint", value::apply);
  }

  static <T> Column<T> integer(String name, Function<CloudEvent<T>, @Nullable Integer> value) {
    return new Column<>(name, "integer", value::apply);
  }

  /** A time, sent as text; PostgreSQL keeps microseconds. */
  static <T> Column<T> time(String name, Function<CloudEvent<T>, Instant> value) {
    return new Column<>(
        name, "timestamptz", event -> StoredTime.exact(name, value.apply(event)).toString());
  }

  static <T> Column<T> jsonb(String name, Function<CloudEvent<T>, Object> value) {
    return new Column<>(
        name,
        "jsonb",
        event -> {
          JsonNode json = JSON.valueToTree(value.apply(event));
          requireExactText(name, json);
          return json.toString();
        });
  }

  private static void requireExactText(String name, JsonNode json)
      throws PermanentFailureException {
    if (json.isTextual()) {
      StoredText.exact(name, json.textValue());
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      StoredText.exact(name, member.getKey());
    }
    for (JsonNode child : json) {
      requireExactText(name, child);
    }
  }
}
