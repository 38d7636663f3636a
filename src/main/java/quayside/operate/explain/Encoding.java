package quayside.operate.explain;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A way to percent-encode a value.
 *
 * @param kept characters beside letters and digits that are not escaped
 * @param plusForSpace whether a space becomes a plus sign
 * @param lowerCase whether the hexadecimal digits are lower case
 * @param user who writes so
 */
record Encoding(String kept, boolean plusForSpace, boolean lowerCase, String user) {
  /** The ways in use; how OSS itself writes comes first. */
  static final List<Encoding> ALL =
      List.of(
          new Encoding("-_.", false, false, "OSS"),
          new Encoding("-_.~", false, false, "RFC 3986"),
          new Encoding("-_.*", true, false, "HTML forms"),
          new Encoding("-_.", true, false, "PHP urlencode"),
          new Encoding("-_.~", true, false, "Go url.Values"),
          new Encoding("-_.!~*'()", false, false, "JavaScript encodeURIComponent"),
          new Encoding("-_.~/", false, false, "Python quote"),
          new Encoding("-_.~/", true, false, "Python quote_plus with safe slash"),
          new Encoding("-_.~/:,;@$!*'()", false, false, "minimal"),
          new Encoding("-_.", false, true, "lower case"),
          new Encoding("-_.*", true, true, ".NET HttpUtility"),
          new Encoding("-_.!*()", true, true, ".NET UrlEncode"),
          new Encoding("-_.~", false, true, "lower case, RFC 3986"));

  private static final String UPPER = "0123456789ABCDEF";
  private static final String LOWER = "0123456789abcdef";

  String encode(String text) {
    String digits = lowerCase ? LOWER : UPPER;
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (isKept(c)) {
        encoded.append(c);
      } else if (c == ' ' && plusForSpace) {
        encoded.append('+');
      } else {
        encoded.append('%').append(digits.charAt(c >> 4)).append(digits.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  private boolean isKept(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || kept.indexOf(c) >= 0;
  }
}
