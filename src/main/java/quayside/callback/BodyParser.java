package quayside.callback;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/**
 * Reads the body of a proven callback as what it looks like: a JSON object, a form, or a form whose
 * values were expanded under JSON rules. Content-Type is not signed and decides only when the body
 * itself does not. Never throws for any bytes. Stateless and thread-safe.
 *
 * <p>What cannot be read as either maps to nothing and is kept as text under {@link
 * CallbackBody#RAW}; so is the text of malformed JSON, beside the members that could be read.
 */
final class BodyParser {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Reads a body; the content type may be null. */
  CallbackBody parse(Bytes body, @Nullable String contentType) {
    BodyFields fields = new BodyFields();
    String text = text(body, fields).strip();
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1).strip();
    }
    if (text.isEmpty()) {
      fields.add(BodyDefect.EMPTY);
    } else if (text.startsWith("{")) {
      noteContradiction(contentType, "form", fields);
      parseJson(text, contentType, fields);
    } else if (text.indexOf('=') >= 0 && !text.startsWith("[")) {
      noteContradiction(contentType, "json", fields);
      new FormBody(fields, declares(contentType, "form")).read(text);
    } else {
      keepRaw(text, BodyDefect.OPAQUE, fields);
    }
    return fields.toBody();
  }

  private static void parseJson(String text, @Nullable String contentType, BodyFields fields) {
    if (new JsonBody(fields).read(text)) {
      return;
    }
    if (fields.isEmpty() && declares(contentType, "form") && text.indexOf('=') >= 0) {
      new FormBody(fields, true).read(text);
    } else {
      keepRaw(text, BodyDefect.MALFORMED_JSON, fields);
    }
  }

  private static String text(Bytes body, BodyFields fields) {
    String text = PercentCoding.strictUtf8(body.toArray());
    if (text == null) {
      fields.rejectReplacementCharacters();
      return new String(body.toArray(), StandardCharsets.UTF_8);
    }
    return text;
  }

  private static void keepRaw(String text, BodyDefect defect, BodyFields fields) {
    fields.add(defect);
    fields.add(CallbackBody.RAW, BodyField.verbatim(cut(text)));
  }

  // Not in the middle of a surrogate pair.
  private static String cut(String text) {
    if (text.length() <= CallbackBody.RAW_LENGTH) {
      return text;
    }
    int end = CallbackBody.RAW_LENGTH;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static void noteContradiction(
      @Nullable String contentType, String other, BodyFields fields) {
    if (declares(contentType, other)) {
      fields.add(BodyDefect.CONTENT_TYPE_CONTRADICTS);
    }
  }

  private static boolean declares(@Nullable String contentType, String word) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).contains(word);
  }
}
