package quayside.callback.journal;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event as it will be published: record key, headers in their order, value. Immutable; bytes
 * are copied in and out. Its size limit is {@link JournalLimits#maxRecordBytes()}, counted on the
 * {@link RecordCodec encoded} form.
 */
public final class JournalRecord {
  private final @Nullable String key;
  private final Map<String, String> headers;
  private final byte[] value;

  /**
   * A record.
   *
   * @param key the record key, or null when the event could not be tied to an object
   * @param headers at most 65535, names of at most 65535 bytes
   * @param value the payload
   */
  public JournalRecord(@Nullable String key, Map<String, String> headers, byte[] value) {
    this(value.clone(), key, new LinkedHashMap<>(headers));
  }

  private JournalRecord(byte[] ownValue, @Nullable String key, Map<String, String> ownHeaders) {
    this.key = key;
    this.headers = Collections.unmodifiableMap(ownHeaders);
    this.value = ownValue;
  }

  /** As the constructor, but keeps the given map and array, which nobody else may change. */
  static JournalRecord owning(@Nullable String key, Map<String, String> headers, byte[] value) {
    return new JournalRecord(value, key, headers);
  }

  /** The same record with one header replaced in its place, or added at the end. */
  JournalRecord withHeader(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, text);
    return owning(key, changed, value);
  }

  /**
   * The record key; null when the event could not be tied to an object, and then no order matters.
   */
  public @Nullable String key() {
    return key;
  }

  /** The headers, in the order given; not modifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A copy of the value. */
  public byte[] value() {
    return value.clone();
  }

  /** The value itself, for the codec; not to be changed. */
  byte[] bytes() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JournalRecord that
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
    return "JournalRecord[headers=" + headers.size() + ", valueBytes=" + value.length + "]";
  }
}
