package quayside.oss;

import java.util.Comparator;

/** The order of object keys. */
public final class Keys {
  /**
   * Byte by byte in UTF-8, as OSS lists: the order of code points, which is not that of {@code
   * String}, where the halves of a surrogate pair come before U+E000.
   */
  public static final Comparator<String> ORDER = Keys::compare;

  private Keys() {}

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothHalves = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothHalves ? Character.compare(x, y) : (Character.isSurrogate(x) ? 1 : -1);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
