package quayside.operate.explain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;

/** A body with the chunk sizes of its transfer still in it (RFC 9112 section 7.1). */
final class ChunkedText {
  private ChunkedText() {}

  /** The content, or null when this is no chunked text. */
  static @Nullable Bytes content(byte[] text) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int position = 0;
    while (true) {
      int end = lineEnd(text, position);
      int size = end < 0 ? -1 : size(text, position, end);
      if (size == 0) {
        return Bytes.copyOf(content.toByteArray());
      }
      int start = end + 1;
      if (size < 0 || size > text.length - start) {
        return null;
      }
      content.write(text, start, size);
      int next = lineEnd(text, start + size);
      if (next < 0 || next > start + size + 1) {
        return null;
      }
      position = next + 1;
    }
  }

  private static int lineEnd(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int size(byte[] text, int from, int end) {
    if (end - from > 20) {
      return -1;
    }
    String line = new String(text, from, end - from, StandardCharsets.ISO_8859_1).strip();
    int extension = line.indexOf(';');
    String digits = extension < 0 ? line : line.substring(0, extension);
    return digits.matches("[0-9a-fA-F]{1,7}") ? Integer.parseInt(digits, 16) : -1;
  }
}
