package quayside.laptop.oss.callback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Reads the two parameters that travel as base64 of JSON, strictly. Stateless. */
final class Base64Json {
  /** 5 KB each, counted on the base64 text (1.2). */
  private static final int MAX_LENGTH = 5 * 1024;

  private Base64Json() {}

  static void requireShort(String encoded, CallbackError tooLong) {
    if (encoded.length() > MAX_LENGTH) {
      throw tooLong.refusal();
    }
  }

  /** Standard alphabet with padding and no line breaks. */
  static JsonNode parse(String encoded, CallbackError notBase64, CallbackError notJson) {
    byte[] json;
    try {
      if (encoded.length() % 4 != 0) { // the JDK's decoder would let missing padding pass
        throw notBase64.refusal();
      }
      json = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw notBase64.refusal();
    }
    return JsonText.parse(json).orElseThrow(notJson::refusal);
  }
}
