package quayside.log;

import io.quarkiverse.loggingjson.JsonGenerator;
import io.quarkiverse.loggingjson.providers.StructuredArgument;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A field of a log line. What senders wrote may be in it: it never becomes a second line, a second
 * field or an escape sequence of a terminal, and never fills the log. Rendered only when the line
 * is written.
 *
 * @param key name of the field
 * @param value a number stays one, everything else is text
 */
public record LogValue(String key, @Nullable Object value) implements StructuredArgument {
  /** An object key has at most 1,023 bytes; nothing that tells more is longer. */
  static final int MAX_CHARACTERS = 1023;

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    if (value instanceof Number) {
      json.writeObjectField(key, value);
    } else if (value != null) {
      json.writeStringField(key, printable(value));
    }
  }

  /** As {@code key=value}, quoted where the value could be taken for something else. */
  @Override
  public String toString() {
    if (value == null) {
      return key + "=";
    }
    String text = printable(value);
    return key + "=" + (isPlain(text) ? text : quoted(text));
  }

  private static String printable(Object value) {
    String text = value.toString();
    String bounded = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    StringBuilder printable = new StringBuilder(bounded.length());
    bounded.codePoints().map(c -> isPrintable(c) ? c : '?').forEach(printable::appendCodePoint);
    return text.length() <= MAX_CHARACTERS ? printable.toString() : printable + "...";
  }

  // Also no characters that reorder or hide text, nor halves of characters.
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
