package quayside.sink.catalog;

import java.util.Optional;

/**
 * A prefix of keys as a range: in the byte order of UTF-8, which is the order of code points, the
 * keys that begin with it are those from the prefix itself to, but not including, its {@link
 * #end()}.
 *
 * @param text the prefix, not empty
 */
record KeyPrefix(String text) {

  /** The first text that is after all keys with this prefix, if there is one. */
  Optional<String> end() {
    int[] characters = text.codePoints().toArray();
    for (int last = characters.length - 1; last >= 0; last--) {
      if (characters[last] < Character.MAX_CODE_POINT) {
        characters[last] = next(characters[last]);
        return Optional.of(new String(characters, 0, last + 1));
      }
    }
    return Optional.empty();
  }

  private static int next(int character) {
    return character == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : character + 1;
  }
}
