package quayside.operate.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quayside.operate.explain.BodyText.JsonField;

/**
 * A way to write JSON: what stands around commas and colons, and which characters are escaped.
 *
 * @param open what follows an opening brace
 * @param comma between fields
 * @param colon between name and value
 * @param close what precedes a closing brace
 * @param escapes which characters are escaped beside those that must be
 * @param user who writes so
 */
record JsonStyle(
    String open, String comma, String colon, String close, Escapes escapes, String user) {

  /** What is escaped beyond need. */
  enum Escapes {
    NONE,
    SLASH,
    NON_ASCII
  }

  /** The ways in use; templates written by hand come first. */
  static final List<JsonStyle> ALL = styles();

  private static List<JsonStyle> styles() {
    List<JsonStyle> styles = new ArrayList<>();
    for (Escapes escapes : Escapes.values()) {
      styles.add(new JsonStyle("", ",", ":", "", escapes, "without white space"));
      styles.add(new JsonStyle("", ", ", ":", "", escapes, "with a space after each comma"));
      styles.add(
          new JsonStyle("", ", ", ": ", "", escapes, "with a space after commas and colons"));
      styles.add(new JsonStyle("", ",", ": ", "", escapes, "with a space after each colon"));
      styles.add(new JsonStyle(" ", ", ", ": ", " ", escapes, "with spaces everywhere"));
      styles.add(new JsonStyle("\n  ", ",\n  ", ": ", "\n", escapes, "indented by two"));
      styles.add(new JsonStyle("\n    ", ",\n    ", ": ", "\n", escapes, "indented by four"));
      styles.add(new JsonStyle("\n\t", ",\n\t", ": ", "\n", escapes, "indented by tabs"));
    }
    return List.copyOf(styles);
  }

  /** The object with these fields. */
  String write(List<JsonField> fields) {
    return fields.isEmpty()
        ? "{}"
        : "{"
            + open
            + String.join(
                comma,
                fields.stream().map(f -> quote(f.name()) + colon + value(f.value())).toList())
            + close
            + "}";
  }

  private String value(JsonNode value) {
    if (value.isTextual()) {
      return quote(value.asText());
    }
    if (value.isObject()) {
      List<JsonField> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        fields.add(new JsonField(field.getKey(), field.getValue()));
      }
      return write(fields);
    }
    return value.toString();
  }

  private String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '/' -> escapes == Escapes.SLASH ? "\\/" : "/";
      default ->
          c < ' ' || c > '~' && escapes == Escapes.NON_ASCII
              ? String.format("\\u%04x", (int) c)
              : Character.toString(c);
    };
  }
}
