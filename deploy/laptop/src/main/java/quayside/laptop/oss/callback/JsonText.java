package quayside.laptop.oss.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * Strict JSON (RFC 8259, UTF-8, no byte-order mark, nothing after the value), read and written.
 * Stateless.
 */
final class JsonText {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonText() {}

  /** The document, or empty when the bytes are not exactly one JSON value. */
  static Optional<JsonNode> parse(byte[] utf8) {
    boolean byteOrderMark = utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB;
    if (byteOrderMark) {
      return Optional.empty();
    }
    try {
      JsonNode node = STRICT.readTree(utf8);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A JSON string with its quotation marks; slashes and non-ASCII characters stay as they are. */
  static String quote(String text) {
    try {
      return STRICT.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text is always writable", e);
    }
  }
}
