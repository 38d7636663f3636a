package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPrefixTest {
  /** The characters at whose borders an increment goes wrong. */
  private static final int[] EDGES = {
    1, 'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFE, 0x10FFFF
  };

  @ParameterizedTest
  @CsvSource({"a,b", "a/,a0", "照,煨"})
  void end_isTheNextTextOfThatLength(String prefix, String end) {
    assertThat(new KeyPrefix(prefix).end()).contains(end);
  }

  @Test
  void end_stepsOverSurrogates() {
    assertThat(new KeyPrefix("\uD7FF").end()).contains("\uE000");
  }

  @Test
  void lastCharacters_haveNoEnd() {
    assertThat(new KeyPrefix("\uDBFF\uDFFF\uDBFF\uDFFF").end()).isEmpty();
    assertThat(new KeyPrefix("a\uDBFF\uDFFF").end()).contains("b");
  }

  /** PostgreSQL compares bytes; the range must hold exactly the keys with the prefix. */
  @Test
  void range_holdsExactlyTheKeysWithThePrefix() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String prefix = text(random, 1 + random.nextInt(3));
      String key =
          random.nextBoolean()
              ? prefix + text(random, random.nextInt(3))
              : text(random, 1 + random.nextInt(4));

      Optional<String> end = new KeyPrefix(prefix).end();

      boolean inRange =
          compareBytes(key, prefix) >= 0
              && end.map(limit -> compareBytes(key, limit) < 0).orElse(true);
      assertThat(inRange).as("prefix %s, key %s", prefix, key).isEqualTo(key.startsWith(prefix));
    }
  }

  private static String text(Random random, int length) {
    int[] characters = random.ints(length, 0, EDGES.length).map(edge -> EDGES[edge]).toArray();
    return new String(characters, 0, characters.length);
  }

  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
