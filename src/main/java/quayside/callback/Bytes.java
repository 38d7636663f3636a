package quayside.callback;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Immutable bytes: copied on the way in and on the way out. Thread-safe. {@code toString} shows
 * only the length.
 */
final class Bytes {
  static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the array. */
  static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The UTF-8 encoding of a text. */
  static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The concatenation of several. */
  static Bytes join(Bytes... parts) {
    byte[] joined = new byte[Arrays.stream(parts).mapToInt(Bytes::length).sum()];
    int position = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.content, 0, joined, position, part.length());
      position += part.length();
    }
    return new Bytes(joined);
  }

  int length() {
    return content.length;
  }

  byte[] toArray() {
    return content.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return length() + " bytes";
  }
}
