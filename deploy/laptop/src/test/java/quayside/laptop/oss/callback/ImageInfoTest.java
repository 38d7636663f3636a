package quayside.laptop.oss.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sizes read from real encoders' output, from hand-made WebP headers, and never from anything else.
 */
class ImageInfoTest {

  @ParameterizedTest
  @CsvSource({"jpg, jpg", "png, png", "gif, gif", "bmp, bmp"})
  void header_isRead(String writer, String format) throws Exception {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(317, 45, BufferedImage.TYPE_INT_RGB), writer, bytes);
    assertThat(read(bytes.toByteArray())).contains(new ImageInfo(format, 317, 45));
  }

  @ParameterizedTest
  @CsvSource({
    // 810 x 539 each: lossy (VP8), lossless (VP8L), extended (VP8X)
    "524946460000000057454250565038200a00000030010 09d012a2a031b02",
    "5249464600000000574542505650384c0a0000002f29838600000000000000",
    "524946460000000057454250565038580a00000010000000290300 1a0200",
  })
  void webp_isReadInAllThreeFlavours(String hex) throws Exception {
    assertThat(read(HexFormat.of().parseHex(hex.replace(" ", ""))))
        .contains(new ImageInfo("webp", 810, 539));
  }

  @Test
  void textCalledJpg_emptyAndTruncatedFiles_areNoImages() throws Exception {
    assertThat(read("BM is how this text begins".getBytes())).isEmpty();
    assertThat(read("just text".getBytes())).isEmpty();
    assertThat(read(new byte[0])).isEmpty();
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB), "png", png);
    assertThat(read(Arrays.copyOf(png.toByteArray(), 20))).isEmpty();
    assertThat(read(HexFormat.of().parseHex("ffd8ffe0000a"))).isEmpty();
  }

  @Test
  void randomBytesAfterAnyMagic_neverThrow() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      byte[] magic =
          HexFormat.of()
              .parseHex(new String[] {"ffd8ff", "89504e47", "47494638", "424d", "52494646"}[i % 5]);
      System.arraycopy(magic, 0, bytes, 0, Math.min(magic.length, bytes.length));
      Optional<ImageInfo> info = read(bytes);
      assertThat(info.map(ImageInfo::width).orElse(1)).isPositive();
    }
  }

  private static Optional<ImageInfo> read(byte[] bytes) throws Exception {
    return ImageInfo.read(new ByteArrayInputStream(bytes));
  }
}
