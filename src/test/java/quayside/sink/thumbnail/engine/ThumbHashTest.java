package quayside.sink.thumbnail.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Our hashes are those of the reference implementation, byte by byte. */
class ThumbHashTest {
  private static final Set<String> FLAT = Set.of("flat", "clear", "black", "white");
  private static final int HEADER = 5;

  @Test
  void hash_isThatOfTheReference() throws IOException {
    List<String> vectors = vectors();
    assertThat(vectors).hasSize(64);
    SoftAssertions softly = new SoftAssertions();
    for (String vector : vectors) {
      String[] field = vector.split(",");
      int width = Integer.parseInt(field[1]);
      int height = Integer.parseInt(field[2]);
      byte[] expected = Base64.getDecoder().decode(field[3]);
      byte[] actual = ThumbHash.of(width, height, picture(width, height, field[0]));
      // In one flat colour the rest is the rounding noise of each language's arithmetic.
      int compared = FLAT.contains(field[0]) ? HEADER : expected.length;
      softly.assertThat(actual).as(vector).hasSameSizeAs(expected);
      softly
          .assertThat(Arrays.copyOf(actual, compared))
          .as(vector)
          .isEqualTo(Arrays.copyOf(expected, compared));
    }
    softly.assertAll();
  }

  @Test
  void pictureTooLargeOrOfAnotherSize_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThumbHash.of(101, 1, new byte[404]))
        .withMessageContaining("101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThumbHash.of(2, 2, new byte[15]))
        .withMessageContaining("15 bytes");
  }

  private static List<String> vectors() throws IOException {
    try (InputStream file = ThumbHashTest.class.getResourceAsStream("/thumbhash/vectors.csv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  // The formulas the vectors were made with.
  private static byte[] picture(int width, int height, String kind) {
    byte[] rgba = new byte[width * height * 4];
    int noise = 12345;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i += 4) {
        noise = noise * 1103515245 + 12345;
        int n = noise >>> 16 & 31;
        int r = 255 * x / Math.max(1, width - 1);
        int g = 255 * y / Math.max(1, height - 1);
        double dx = x - width / 2.0;
        double dy = y - height / 2.0;
        boolean inside = dx * dx + dy * dy < width * height / 6.0;
        int alpha = 255 * (x + y) / Math.max(1, width + height - 2);
        int[] pixel =
            switch (kind) {
              case "gradient" -> new int[] {r, g, (r + g) / 2, 255};
              case "flat" -> new int[] {200, 30, 90, 255};
              case "noise" -> new int[] {r + n * 7, g + n * 3, n * 8, 255};
              case "disc" -> inside ? new int[] {250, 180, 20, 255} : new int[] {10, 60, 160, 255};
              case "alpha" -> new int[] {r, g, (r + g) / 2, alpha};
              case "clear" -> new int[] {0, 0, 0, 0};
              case "black" -> new int[] {0, 0, 0, 255};
              case "white" -> new int[] {255, 255, 255, 255};
              default -> throw new IllegalArgumentException(kind);
            };
        for (int c = 0; c < 4; c++) {
          rgba[i + c] = (byte) pixel[c];
        }
      }
    }
    return rgba;
  }
}
