package quayside.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Immutable bytes: copied on the way in and on the way out. Thread-safe. {@code toString} shows
 * only the length.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the array. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The UTF-8 encoding of a text. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The concatenation of several. */
  public static Bytes join(Bytes... parts) {
    byte[] joined = new byte[Arrays.stream(parts).mapToInt(Bytes::length).sum()];
    int position = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.content, 0, joined, position, part.length());
      position += part.length();
    }
    return new Bytes(joined);
  }

  /** How many. */
  public int length() {
    return content.length;
  }

  /** A copy. */
  public byte[] toArray() {
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
