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
 * Writes and reads events as the CloudEvents 1.0 Kafka protocol binding, section 3.2 (binary
 * content mode) says: attributes as {@code ce_*} headers, data as the record value. Unknown headers
 * and JSON members are ignored, so that later minor versions stay readable. Stateless and
 * thread-safe.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class EventCodec<T> {
  /** Header that carries the media type of the value. */
  public static final String CONTENT_TYPE = "content-type";

  private static final String JSON = "application/json";
  private static final String SPEC_VERSION = "1.0";
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
    Map<String, String> headers = new LinkedHashMap<>();
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
   * Reads one record.
   *
   * @param header the value of a record header, or null when it is absent
   * @param value the record value, or null for a tombstone
   * @throws InvalidEventException when the record is not a readable event of this codec's type
   */
  public CloudEvent<T> read(Function<String, @Nullable String> header, byte @Nullable [] value)
      throws InvalidEventException {
    expect(header, "ce_specversion", SPEC_VERSION);
    expect(header, "ce_type", type.ceType());
    String contentType = required(header, CONTENT_TYPE);
    if (!contentType.startsWith(JSON)) {
      throw new InvalidEventException("content-type: " + contentType + " is not " + JSON);
    }
    if (value == null) {
      throw new InvalidEventException(
          "value: is null, an event of type " + type.ceType() + " has data");
    }
    try {
      return new CloudEvent<>(
          required(header, "ce_id"),
          required(header, "ce_source"),
          type,
          header.apply("ce_subject"),
          time(header, "ce_time"),
          time(header, "ce_recordedtime"),
          header.apply("ce_partitionkey"),
          sequence(header),
          ingestPath(header),
          header.apply("ce_causationid"),
          data(value));
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

  private static Instant time(Function<String, @Nullable String> header, String name)
      throws InvalidEventException {
    String text = required(header, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidEventException(name + ": " + text + " is not an RFC 3339 time", e);
    }
  }

  private static long sequence(Function<String, @Nullable String> header)
      throws InvalidEventException {
    String text = required(header, "ce_sequence");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidEventException(
          "ce_sequence: " + text + " is not a number of microseconds", e);
    }
  }

  private static IngestPath ingestPath(Function<String, @Nullable String> header)
      throws InvalidEventException {
    String text = required(header, "ce_ingestpath");
    return IngestPath.ofValue(text)
        .orElseThrow(
            () -> new InvalidEventException("ce_ingestpath: " + text + " is not a known path"));
  }

  private static void expect(
      Function<String, @Nullable String> header, String name, String expected)
      throws InvalidEventException {
    String actual = required(header, name);
    if (!actual.equals(expected)) {
      throw new InvalidEventException(name + ": " + actual + " is not " + expected);
    }
  }

  private static String required(Function<String, @Nullable String> header, String name)
      throws InvalidEventException {
    String value = header.apply(name);
    if (value == null || value.isEmpty()) {
      throw new InvalidEventException(name + ": is missing");
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
