package quayside.signature;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent escapes as RFC 3986 section 2.1 and the form encoding write them. */
public final class PercentCoding {
  private PercentCoding() {}

  /** The byte that the escape at a position of the text stands for, or -1 when it is no escape. */
  public static int octet(String text, int position) {
    if (position + 2 >= text.length()) {
      return -1;
    }
    int high = hexDigit(text.charAt(position + 1));
    int low = hexDigit(text.charAt(position + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Decodes form text; null when an escape is broken or the bytes are not UTF-8. */
  public static @Nullable String formDecode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    // As Latin-1 every byte of the UTF-8 encoding is one character.
    String octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c != '%') {
        bytes.write(c == '+' ? ' ' : c);
        continue;
      }
      int octet = octet(octets, i);
      if (octet < 0) {
        return null;
      }
      bytes.write(octet);
      i += 2;
    }
    return strictUtf8(bytes.toByteArray());
  }

  /** The text whose UTF-8 encoding is given, or null when there is none. */
  public static @Nullable String strictUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  // Not Character.digit: that accepts the digits of every script.
  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
