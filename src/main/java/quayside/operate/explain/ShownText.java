package quayside.operate.explain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import quayside.grant.token.TokenText;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/**
 * Bytes of a request as they are shown: on one line, what cannot be printed as {@code \n}, {@code
 * \r}, {@code \t} or {@code \xNN}, a backslash doubled, grant tokens as {@code [grant]} unless they
 * are asked for. What is long is cut.
 *
 * @param grants whether grant tokens are shown
 */
record ShownText(boolean grants) {

  String of(Bytes bytes) {
    String utf8 = PercentCoding.strictUtf8(bytes.toArray());
    String text = utf8 == null ? new String(bytes.toArray(), StandardCharsets.ISO_8859_1) : utf8;
    return of(text, utf8 == null);
  }

  String of(String text) {
    return of(text, false);
  }

  static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  private String of(String text, boolean octets) {
    String masked = grants ? text : TokenText.redact(text);
    StringBuilder shown = new StringBuilder();
    int length = Math.min(masked.length(), ExplainLimits.SHOWN_LENGTH);
    for (int i = 0; i < length; i++) {
      shown.append(shown(masked.charAt(i), octets));
    }
    if (length < masked.length()) {
      shown.append("... (").append(masked.length() - length).append(" more characters)");
    }
    return shown.toString();
  }

  // Control characters of any kind would let a capture write on the operator's terminal.
  private static String shown(char c, boolean octets) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> isPlain(c, octets) ? Character.toString(c) : escaped(c);
    };
  }

  private static boolean isPlain(char c, boolean octets) {
    int type = Character.getType(c);
    return c >= ' ' && c <= '~'
        || !octets
            && c > '~'
            && type != Character.CONTROL
            && type != Character.FORMAT
            && type != Character.LINE_SEPARATOR
            && type != Character.PARAGRAPH_SEPARATOR;
  }

  private static String escaped(char c) {
    return c <= 0xFF ? String.format("\\x%02X", (int) c) : String.format("\\u%04X", (int) c);
  }
}
