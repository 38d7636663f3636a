package quayside.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of one type as JSON and as headers, and back. It writes the plain form, binary content
 * mode (CloudEvents 1.0 Kafka protocol binding, section 3.2): attributes as {@code ce_*} headers,
 * data as the record value. What is published is made of it by {@link EventWriter}. It reads both
 * content modes. Unknown headers, attributes and JSON members are ignored, so that later minor
 * versions stay readable. Stateless and thread-safe.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class EventCodec<T> {
  /** Header that carries the media type of the value. */
  public static final String CONTENT_TYPE = "content-type";

  static final String JSON = "application/json";
  static final String SPEC_VERSION = "1.0";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final EventType type;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private EventCodec(EventType type, Class<T> dataType) {
    this.type = type;
    this.writer = MAPPER.writerFor(dataType);
    this.reader = MAPPER.readerFor(dataType);
  }

  /** The codec of {@link EventType#OBJECT_UPLOADED_V1}. */
  public static EventCodec<ObjectUploaded> objectUploaded() {
    return new EventCodec<>(EventType.OBJECT_UPLOADED_V1, ObjectUploaded.class);
  }

  /** The codec of {@link EventType#OBJECT_THUMBNAILED_V1}. */
  public static EventCodec<ObjectThumbnailed> objectThumbnailed() {
    return new EventCodec<>(EventType.OBJECT_THUMBNAILED_V1, ObjectThumbnailed.class);
  }

  /** The codec of {@link EventType#OBJECT_DELETED_V1}. */
  public static EventCodec<ObjectDeleted> objectDeleted() {
    return new EventCodec<>(EventType.OBJECT_DELETED_V1, ObjectDeleted.class);
  }

  /** The codec of {@link EventType#OBJECT_STATE_V1}; a tombstone has no data for it to read. */
  public static EventCodec<ObjectState> objectState() {
    return new EventCodec<>(EventType.OBJECT_STATE_V1, ObjectState.class);
  }

  /** The type it writes and reads. */
  public EventType type() {
    return type;
  }

  /** The record headers of an event, in a stable order; the caller may add to them. */
  public Map<String, String> headers(CloudEvent<T> event) {
    Map<String, String> headers = LinkedHashMap.newLinkedHashMap(16);
    headers.put("ce_specversion", SPEC_VERSION);
    headers.put("ce_id", event.id());
    headers.put("ce_source", event.source());
    headers.put("ce_type", event.type().ceType());
    putIfPresent(headers, "ce_subject", event.subject());
    headers.put("ce_time", event.time().toString());
    headers.put("ce_dataschema", event.type().dataSchema().toString());
    headers.put("ce_recordedtime", event.recordedTime().toString());
    putIfPresent(headers, "ce_partitionkey", event.partitionKey());
    headers.put("ce_sequence", Long.toString(event.sequence()));
    headers.put("ce_ingestpath", event.ingestPath().value());
    putIfPresent(headers, "ce_causationid", event.causationId());
    headers.put(CONTENT_TYPE, JSON);
    return headers;
  }

  /** The record value of an event. */
  public byte[] value(CloudEvent<T> event) {
    try {
      return writer.writeValueAsBytes(event.data());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "data of event " + event.id() + " is not writable", impossible);
    }
  }

  /**
   * Reads one record, in whichever content mode it is. In structured mode its value alone counts.
   *
   * @param header the value of a record header, or null when it is absent
   * @param value the record value, or null for a tombstone
   * @throws InvalidEventException when the record is not a readable event of this codec's type
   */
  public CloudEvent<T> read(Function<String, @Nullable String> header, byte @Nullable [] value)
      throws InvalidEventException {
    EventAttributes attributes = EventAttributes.read(header, value);
    expect(attributes, "specversion", SPEC_VERSION);
    expect(attributes, "type", type.ceType());
    expectJson(attributes, header);
    JsonEnvelope envelope = attributes.envelope();
    byte[] data = envelope == null ? value : envelope.data();
    if (data == null) {
      throw new InvalidEventException(
          "value: is null, an event of type " + type.ceType() + " has data");
    }
    try {
      return new CloudEvent<>(
          required(attributes, "id"),
          required(attributes, "source"),
          type,
          attributes.get("subject"),
          time(attributes, "time"),
          time(attributes, "recordedtime"),
          attributes.get("partitionkey"),
          sequence(attributes),
          ingestPath(attributes),
          attributes.get("causationid"),
          data(data));
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(String.valueOf(e.getMessage()), e);
    }
  }

  private T data(byte[] value) throws InvalidEventException {
    try {
      T data = reader.readValue(value);
      if (data == null) {
        throw new InvalidEventException("value: is the JSON literal null");
      }
      return data;
    } catch (IOException e) {
      throw new InvalidEventException("value: is not the JSON of " + type.ceType(), e);
    }
  }

  // Data within a JSON event is JSON unless it is said to be something else.
  private static void expectJson(
      EventAttributes attributes, Function<String, @Nullable String> header)
      throws InvalidEventException {
    boolean structured = attributes.envelope() != null;
    String name = structured ? "datacontenttype" : CONTENT_TYPE;
    String contentType = structured ? attributes.get(name) : header.apply(name);
    if (contentType == null && structured) {
      return;
    }
    if (contentType == null || contentType.isEmpty()) {
      throw new InvalidEventException(name + ": is missing");
    }
    if (!EventAttributes.mediaType(contentType).equals(JSON)) {
      throw new InvalidEventException(name + ": " + contentType + " is not " + JSON);
    }
  }

  private static Instant time(EventAttributes attributes, String name)
      throws InvalidEventException {
    String text = required(attributes, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidEventException(
          attributes.label(name) + ": " + text + " is not an RFC 3339 time", e);
    }
  }

  private static long sequence(EventAttributes attributes) throws InvalidEventException {
    String text = required(attributes, "sequence");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidEventException(
          attributes.label("sequence") + ": " + text + " is not a number of microseconds", e);
    }
  }

  private static IngestPath ingestPath(EventAttributes attributes) throws InvalidEventException {
    String text = required(attributes, IngestPath.ATTRIBUTE);
    return IngestPath.ofValue(text)
        .orElseThrow(() ->
            new InvalidEventException(
                attributes.label(IngestPath.ATTRIBUTE) + ": " + text + " is not a known path"));
  }

  private static void expect(EventAttributes attributes, String name, String expected)
      throws InvalidEventException {
    String actual = required(attributes, name);
    if (!actual.equals(expected)) {
      throw new InvalidEventException(
          attributes.label(name) + ": " + actual + " is not " + expected);
    }
  }

  private static String required(EventAttributes attributes, String name)
      throws InvalidEventException {
    String value = attributes.get(name);
    if (value == null || value.isEmpty()) {
      throw new InvalidEventException(attributes.label(name) + ": is missing");
    }
    return value;
  }

  private static void putIfPresent(
      Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
