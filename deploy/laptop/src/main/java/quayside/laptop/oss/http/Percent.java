package quayside.laptop.oss.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding as OSS uses it (RFC 3986): unreserved characters stay, everything else becomes
 * {@code %XX} of its UTF-8 bytes. {@code +} is an ordinary character in both directions, unlike in
 * HTML forms. Stateless.
 */
public final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /** Encodes everything but RFC 3986 unreserved characters. */
  public static String encode(String text) {
    return encode(text, "");
  }

  /** Like {@link #encode(String)}, with slashes kept, as V4 canonical URIs want it. */
  public static String encodePath(String text) {
    return encode(text, "/");
  }

  private static String encode(String text, String kept) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%');
        HEX.toHexDigits(encoded, b);
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.~".indexOf(c) >= 0;
  }

  /**
   * Decodes {@code %XX} sequences to bytes; any other character stands for its own UTF-8 bytes.
   *
   * @throws IllegalArgumentException for a percent sign without two hexadecimal digits
   */
  public static byte[] decodeBytes(String text) {
    var decoded = new ByteArrayOutputStream(text.length());
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
      decoded.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
      if (at + 3 > text.length()) {
        throw new IllegalArgumentException("incomplete percent sequence");
      }
      decoded.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
      from = at + 3;
    }
    decoded.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return decoded.toByteArray();
  }

  /**
   * Decodes to text.
   *
   * @throws IllegalArgumentException for a bad percent sequence or bytes that are not UTF-8
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decodeBytes(text)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("percent sequences are not UTF-8", e);
    }
  }
}
