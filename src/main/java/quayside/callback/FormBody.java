package quayside.callback;

import org.jspecify.annotations.Nullable;
import quayside.signature.PercentCoding;

/**
 * Reads a form. OSS expands {@code a=${object}&b=${size}} under JSON rules when the callback's body
 * type is JSON; then a value begins with a raw quotation mark, which the form encoding never
 * leaves: such a value is a JSON string, up to its closing quotation mark, and not percent-encoded,
 * and a bare {@code null} beside it is an unset variable. When the Content-Type says form, the
 * quotation marks are the template's own and stand around form-encoded text.
 */
final class FormBody {
  private final BodyFields fields;
  private final boolean declaredForm;

  FormBody(BodyFields fields, boolean declaredForm) {
    this.fields = fields;
    this.declaredForm = declaredForm;
  }

  /** Reads the whole text. */
  void read(String text) {
    boolean expandedAsJson = !declaredForm && text.contains("=\"");
    int position = 0;
    int read = 0;
    while (position < text.length()) {
      int end = end(text, position);
      if (end > position) {
        if (++read > BodyFields.MAX_OCCURRENCES) {
          fields.add(BodyDefect.TOO_MUCH);
          return;
        }
        readField(text.substring(position, end), expandedAsJson);
      }
      position = end + 1;
    }
  }

  private void readField(String field, boolean expandedAsJson) {
    int equals = field.indexOf('=');
    String name = equals < 0 ? field : field.substring(0, equals);
    String value = equals < 0 ? "" : field.substring(equals + 1);
    if (expandedAsJson && value.equals("null")) {
      return;
    }
    String decodedName = PercentCoding.formDecode(name);
    fields.add(decodedName == null ? name : decodedName, field(value));
  }

  private BodyField field(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    if (quoted && !declaredForm) {
      return field(value, JsonBody.string(value), BodyDefect.MALFORMED_JSON);
    }
    String text = quoted ? value.substring(1, value.length() - 1) : value;
    return field(text, PercentCoding.formDecode(text), BodyDefect.INVALID_UTF8);
  }

  private BodyField field(String received, @Nullable String decoded, BodyDefect otherwise) {
    if (decoded == null) {
      fields.add(otherwise);
      return BodyField.verbatim(received);
    }
    return BodyField.usable(decoded);
  }

  // The next ampersand outside of a quoted value.
  private static int end(String text, int start) {
    int ampersand = endOr(text, text.indexOf('&', start));
    // No further than the field: a body of separators alone would take quadratic time.
    int equals = text.indexOf('=', start, ampersand);
    if (equals < 0 || !text.startsWith("\"", equals + 1)) {
      return ampersand;
    }
    int quote = closingQuote(text, equals + 2);
    return quote < 0 ? ampersand : endOr(text, text.indexOf('&', quote));
  }

  private static int closingQuote(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }

  private static int endOr(String text, int position) {
    return position < 0 ? text.length() : position;
  }
}
