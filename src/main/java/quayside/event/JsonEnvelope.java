package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as one JSON object: its attributes and, as the member {@code data}, its data (JSON event
 * format, section 3). Knows where in its bytes each member stands, so that the data is read, and an
 * attribute changed, without writing anything else anew: a signature covers these very bytes.
 * Immutable and thread-safe.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON
 *     event format</a>
 */
final class JsonEnvelope {
  static final String MEDIA_TYPE = "application/cloudevents+json";

  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final byte[] BEFORE_DATA = ",\"data\":".getBytes(UTF_8);
  private static final JsonMapper MAPPER =
      new JsonMapper(JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build());

  private final byte[] bytes;
  private final Map<String, Member> members;

  private JsonEnvelope(byte[] bytes, Map<String, Member> members) {
    this.bytes = bytes;
    this.members = members;
  }

  /**
   * A member's value.
   *
   * @param start its first byte
   * @param end the byte after its last
   * @param text what a string, number or truth value says; null for anything else
   */
  private record Member(int start, int end, @Nullable String text) {}

  /** The bytes of an event: attributes in their order, then the data, which must be JSON. */
  static byte[] write(Map<String, String> attributes, byte[] data) {
    try {
      byte[] head = MAPPER.writeValueAsBytes(attributes);
      ByteArrayOutputStream out =
          new ByteArrayOutputStream(head.length + BEFORE_DATA.length + data.length);
      out.write(head, 0, head.length - 1);
      out.writeBytes(BEFORE_DATA);
      out.writeBytes(data);
      out.write('}');
      return out.toByteArray();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("attributes are not writable", impossible);
    }
  }

  /**
   * Reads the bytes of an event.
   *
   * @throws InvalidEventException when they are not one JSON object in UTF-8, or have a member
   *     twice: readers would disagree which one counts
   */
  static JsonEnvelope read(byte[] bytes) throws InvalidEventException {
    Map<String, Member> members = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || parser.currentTokenLocation().getByteOffset() < 0) {
        throw new InvalidEventException("value: is not a JSON object in UTF-8");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (members.put(name, member(parser)) != null) {
          throw new InvalidEventException("value: has the member " + name + " twice");
        }
      }
      if (parser.nextToken() != null) {
        throw new InvalidEventException("value: goes on after the JSON object");
      }
    } catch (IOException e) {
      throw new InvalidEventException("value: is not a JSON object in UTF-8", e);
    }
    return new JsonEnvelope(bytes, members);
  }

  private static Member member(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    int start = (int) parser.currentTokenLocation().getByteOffset();
    boolean isText = token.isScalarValue() && token != JsonToken.VALUE_NULL;
    String text = isText ? parser.getText() : null;
    parser.skipChildren();
    return new Member(start, (int) parser.currentLocation().getByteOffset(), text);
  }

  /** The text of an attribute, or null when it is absent. */
  @Nullable String attribute(String name) {
    Member member = members.get(name);
    return member == null ? null : member.text();
  }

  /**
   * The data as it stands there, or null when there is none.
   *
   * @throws InvalidEventException when it is said to be Base64 and is not
   */
  byte @Nullable [] data() throws InvalidEventException {
    Member data = members.get(DATA);
    if (data != null) {
      return Arrays.copyOfRange(bytes, data.start(), data.end());
    }
    String base64 = attribute(DATA_BASE64);
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(DATA_BASE64 + ": is not Base64", e);
    }
  }

  /** The bytes with another text for an attribute, all else as it is. */
  byte[] with(String name, String text) {
    Member member = members.get(name);
    return member == null
        ? replaced(bytes, afterBrace(), afterBrace(), json(name) + ":" + json(text) + separator())
        : replaced(bytes, member.start(), member.end(), json(text));
  }

  private int afterBrace() {
    int brace = 0;
    while (bytes[brace] != '{') {
      brace++;
    }
    return brace + 1;
  }

  private String separator() {
    return members.isEmpty() ? "" : ",";
  }

  private static byte[] replaced(byte[] bytes, int start, int end, String by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + by.length());
    out.write(bytes, 0, start);
    out.writeBytes(by.getBytes(UTF_8));
    out.write(bytes, end, bytes.length - end);
    return out.toByteArray();
  }

  private static String json(String text) {
    try {
      return MAPPER.writeValueAsString(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("text is not writable", impossible);
    }
  }
}
