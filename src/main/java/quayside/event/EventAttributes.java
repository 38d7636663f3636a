package quayside.event;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The context attributes of a record, in whichever content mode it is: in structured mode what the
 * value says, else the {@code ce_*} headers. For those who want to know of a record without reading
 * it as an event; {@link EventCodec#read} reads it. Immutable and thread-safe.
 */
public final class EventAttributes {
  /** Begins the names of headers that carry attributes (Kafka protocol binding, 3.2.3.1). */
  public static final String HEADER_PREFIX = "ce_";

  /** Begins the media types of structured mode (Kafka protocol binding, section 1.3). */
  private static final String STRUCTURED = "application/cloudevents";

  private final Function<String, @Nullable String> header;
  private final @Nullable JsonEnvelope envelope;

  private EventAttributes(
      Function<String, @Nullable String> header, @Nullable JsonEnvelope envelope) {
    this.header = header;
    this.envelope = envelope;
  }

  /**
   * The attributes of any record. A value that claims to be an event and cannot be read says
   * nothing; then the headers count.
   *
   * @param header the value of a record header, or null when it is absent
   * @param value the record value, or null for a tombstone
   */
  public static EventAttributes of(
      Function<String, @Nullable String> header, byte @Nullable [] value) {
    try {
      return read(header, value);
    } catch (InvalidEventException unreadable) {
      return new EventAttributes(header, null);
    }
  }

  /**
   * As above.
   *
   * @throws InvalidEventException when the value claims to be an event and cannot be read
   */
  static EventAttributes read(Function<String, @Nullable String> header, byte @Nullable [] value)
      throws InvalidEventException {
    String contentType = mediaType(header.apply(EventCodec.CONTENT_TYPE));
    if (!contentType.startsWith(STRUCTURED)) {
      return new EventAttributes(header, null);
    }
    if (!contentType.equals(JsonEnvelope.MEDIA_TYPE)) {
      throw new InvalidEventException(
          "content-type: " + contentType + " is not " + JsonEnvelope.MEDIA_TYPE);
    }
    if (value == null) {
      throw new InvalidEventException("value: is null, " + contentType + " has attributes in it");
    }
    return new EventAttributes(header, JsonEnvelope.read(value));
  }

  /** What stands before the parameters, in lower case; empty when there is nothing. */
  static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** The text of an attribute by its CloudEvents name, such as {@code id}; null when absent. */
  public @Nullable String get(String name) {
    return envelope == null ? header.apply(HEADER_PREFIX + name) : envelope.attribute(name);
  }

  /** How messages name an attribute: by the header or the member that carries it. */
  String label(String name) {
    return envelope == null ? HEADER_PREFIX + name : name;
  }

  /**
   * The record's value with another text for an attribute; null when the value does not carry
   * attributes and stays as it is.
   */
  public byte @Nullable [] valueWith(String name, String text) {
    return envelope == null ? null : envelope.with(name, text);
  }

  /** The envelope, or null in binary mode. */
  @Nullable JsonEnvelope envelope() {
    return envelope;
  }
}
