package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is on Kafka: record key, headers in their order, value. Immutable as long as
 * nobody writes into the array, which is handed on uncopied: a callback's event passes through many
 * hands on its way to the broker. Thread-safe.
 */
public final class EventRecord {
  private final @Nullable String key;
  private final Map<String, String> headers;
  private final byte[] value;

  /**
   * A record; keeps the map and the array, which nobody may change any more.
   *
   * @param key the record key, or null when the event could not be tied to an object
   * @param headers by name, in their order
   * @param value the payload
   */
  public EventRecord(@Nullable String key, Map<String, String> headers, byte[] value) {
    this.key = key;
    this.headers = Collections.unmodifiableMap(headers);
    this.value = value;
  }

  /**
   * The record key; null when the event could not be tied to an object, and then no order matters.
   */
  public @Nullable String key() {
    return key;
  }

  /** The headers, in their order; not modifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The value itself, not a copy: not to be changed. */
  public byte[] value() {
    return value;
  }

  /** Gives each header to a receiver as Kafka takes it: name, and text in UTF-8. */
  public void forEachHeader(BiConsumer<String, byte[]> receiver) {
    headers.forEach((name, text) -> receiver.accept(name, text.getBytes(UTF_8)));
  }

  /** The same record with more headers; they replace those of the same name in their places. */
  public EventRecord withHeaders(Map<String, String> more) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.putAll(more);
    return new EventRecord(key, changed, value);
  }

  /**
   * The same event with another text for one of its attributes, wherever the record has it: see
   * {@link EventAttributes#valueWith}.
   */
  public EventRecord withAttribute(String name, String text) {
    byte[] changed = EventAttributes.of(headers::get, value).valueWith(name, text);
    return new EventRecord(key, headers, changed == null ? value : changed)
        .withHeaders(Map.of(EventAttributes.HEADER_PREFIX + name, text));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventRecord that
        && Objects.equals(key, that.key)
        && headers.equals(that.headers)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, headers, Arrays.hashCode(value));
  }

  /** Sizes alone: a record may hold personal data. */
  @Override
  public String toString() {
    return "EventRecord[headers=" + headers.size() + ", valueBytes=" + value.length + "]";
  }
}
