package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says of any event whether it may be published: valid, readable again as it was, not too large.
 */
public final class EventOracle {
  /** Kafka's default {@code max.request.size} and {@code message.max.bytes}, less its overhead. */
  private static final int MAX_RECORD_BYTES = 1_000_000;

  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonSchema SCHEMA = schema();

  private EventOracle() {}

  /** Fails unless the event, as bytes on Kafka, is what its readers may expect. */
  public static void assertPublishable(CloudEvent<ObjectUploaded> event) {
    byte[] value = CODEC.value(event);
    Map<String, byte[]> headers = new HashMap<>();
    CODEC.headers(event).forEach((name, text) -> headers.put(name, text.getBytes(UTF_8)));
    assertSmall(event, value, headers);
    assertText(event);
    assertValid(value);
    assertReadable(event, value, headers);
  }

  private static void assertSmall(
      CloudEvent<ObjectUploaded> event, byte[] value, Map<String, byte[]> headers) {
    long size = value.length + headers.values().stream().mapToLong(text -> text.length).sum();
    String key = event.partitionKey();
    if (size + (key == null ? 0 : key.getBytes(UTF_8).length) > MAX_RECORD_BYTES) {
      throw new AssertionError("event of " + size + " bytes: no broker would take it");
    }
  }

  private static void assertValid(byte[] value) {
    try {
      Set<ValidationMessage> messages = SCHEMA.validate(MAPPER.readTree(value));
      if (!messages.isEmpty()) {
        throw new AssertionError("event breaks its schema: " + messages);
      }
    } catch (IOException e) {
      throw new AssertionError("event is not JSON", e);
    }
  }

  /** Half a surrogate pair can be spelled in JSON, but parsers of several languages refuse it. */
  private static void assertText(CloudEvent<ObjectUploaded> event) {
    if (!UTF_8.newEncoder().canEncode(event.toString())) {
      throw new AssertionError("event holds half a surrogate pair: " + event);
    }
  }

  private static void assertReadable(
      CloudEvent<ObjectUploaded> event, byte[] value, Map<String, byte[]> headers) {
    try {
      CloudEvent<ObjectUploaded> read =
          CODEC.read(
              name -> headers.containsKey(name) ? new String(headers.get(name), UTF_8) : null,
              value);
      if (!read.equals(event)) {
        throw new AssertionError("event comes back as another: " + read + " instead of " + event);
      }
    } catch (InvalidEventException e) {
      throw new AssertionError("event is not readable", e);
    }
  }

  private static JsonSchema schema() {
    try {
      String file = EventType.OBJECT_UPLOADED_V1.schemaFile();
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              Files.readString(Path.of("schemas", file)),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
