package quayside.grant.signature;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding as OSS signs it: everything but the unreserved characters of RFC 3986, section
 * 2.3. Stateless.
 */
final class UriText {
  private static final String UNRESERVED_MARKS = "-._~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriText() {}

  /** Encodes a query name or value. */
  static String encode(String text) {
    return encode(text, UNRESERVED_MARKS);
  }

  /** Encodes a path; slashes stay. */
  static String encodePath(String path) {
    return encode(path, UNRESERVED_MARKS + "/");
  }

  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (isAlphanumeric(c) || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
