package quayside.sink.catalog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import quayside.sink.PermanentFailureException;

/**
 * The rules for text that goes into the catalog: it is stored exactly or not at all. PostgreSQL has
 * no NUL in text, and a surrogate without its pair is no character: the driver would silently write
 * a question mark, and two keys could become one.
 */
final class StoredText {
  private StoredText() {}

  /** True when the catalog can hold this text; no other can be the name of anything in it. */
  static boolean isStorable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == 0) {
        return false;
      }
      if (Character.isSurrogate(character)) {
        if (i + 1 == value.length() || !Character.isSurrogatePair(character, value.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * The value itself.
   *
   * @throws PermanentFailureException {@code catalog-text-with-nul} or {@code
   *     catalog-text-not-unicode}
   */
  static @Nullable String exact(String name, @Nullable String value)
      throws PermanentFailureException {
    if (value == null || isStorable(value)) {
      return value;
    }
    if (value.indexOf(0) >= 0) {
      throw new PermanentFailureException(
          "catalog-text-with-nul", name + ": has a NUL, PostgreSQL text has none");
    }
    throw new PermanentFailureException(
        "catalog-text-not-unicode", name + ": has half a surrogate pair");
  }

  /**
   * The value itself, when its UTF-8 has 1 to {@code maxBytes} bytes.
   *
   * @throws PermanentFailureException {@code failure}, or as {@link #exact}
   */
  static String bounded(String name, @Nullable String value, int maxBytes, String failure)
      throws PermanentFailureException {
    String text = exact(name, value);
    if (text == null || !fits(text, maxBytes)) {
      throw new PermanentFailureException(
          failure, name + ": has " + bytes(text) + " bytes, must have 1 to " + maxBytes);
    }
    return text;
  }

  /** True when the catalog can hold this text and its UTF-8 has 1 to {@code maxBytes} bytes. */
  static boolean fits(String value, int maxBytes) {
    int bytes = bytes(value);
    return isStorable(value) && bytes >= 1 && bytes <= maxBytes;
  }

  private static int bytes(@Nullable String value) {
    return value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
  }
}
