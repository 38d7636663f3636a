package quayside.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object member by member. Numbers keep their digits, nested values their compact
 * text. Control characters inside strings are let through, since how OSS escapes them is not known.
 * When the text is not JSON, a value missing after a colon counts as null ({@code {"width":}} is
 * what a template gives for something that is no image), and else the members up to the first error
 * are kept: a member counts only once the next one, or the end, could be read.
 */
final class JsonBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Deeper nesting than any template has; the rest of the limits follow from the size of
          // the body.
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          // Names come from outside: never remember them.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final BodyFields fields;

  JsonBody(BodyFields fields) {
    this.fields = fields;
  }

  /**
   * Reads the text; false when it is not one JSON object, with what could be read before the error.
   */
  boolean read(String text) {
    if (isObject(text)) {
      return readMembers(text);
    }
    String completed = withNullForMissingValues(text);
    readMembers(isObject(completed) ? completed : text);
    return false;
  }

  /** The text of a JSON string given with its quotation marks, or null when it is none. */
  static @Nullable String string(String quoted) {
    if (isPlain(quoted)) {
      return quoted.substring(1, quoted.length() - 1);
    }
    try (JsonParser parser = FACTORY.createParser(quoted)) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        String value = parser.getText();
        return parser.nextToken() == null ? value : null;
      }
      return null;
    } catch (IOException notJson) {
      return null;
    }
  }

  // A parser takes 2 KB, and a body can have tens of thousands of strings.
  private static boolean isPlain(String quoted) {
    return quoted.length() > 1
        && quoted.startsWith("\"")
        && quoted.indexOf('"', 1) == quoted.length() - 1
        && quoted.indexOf('\\') < 0;
  }

  private static boolean isObject(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      return object && parser.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  private boolean readMembers(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      JsonToken token = parser.nextToken();
      while (token == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        String value = value(parser);
        token = parser.nextToken();
        if (value != null) {
          fields.add(name, BodyField.usable(value));
        }
      }
      return true;
    } catch (IOException notJson) {
      return false;
    }
  }

  private static @Nullable String value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken().isScalarValue()) {
      return parser.getText();
    }
    StringWriter nested = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(nested)) {
      generator.copyCurrentStructureExact(parser);
    }
    return nested.toString();
  }

  private static String withNullForMissingValues(String text) {
    StringBuilder completed = new StringBuilder(text.length() + 16);
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      completed.append(c);
      if (inString && c == '\\' && i + 1 < text.length()) {
        completed.append(text.charAt(++i));
      } else if (c == '"') {
        inString = !inString;
      } else if (!inString && c == ':' && isValueMissing(text, i + 1)) {
        completed.append("null");
      }
    }
    return completed.toString();
  }

  private static boolean isValueMissing(String text, int position) {
    int next = position;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && (text.charAt(next) == ',' || text.charAt(next) == '}');
  }
}
