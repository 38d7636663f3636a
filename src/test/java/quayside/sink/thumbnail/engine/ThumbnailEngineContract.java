package quayside.sink.thumbnail.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.Quickest;
import quayside.sink.PermanentFailureException;

/** What every engine does with every image, good or hostile. Each engine's test extends this. */
public abstract class ThumbnailEngineContract {
  /** Smaller than the defaults, so that the files that break them stay small. */
  protected static final ImageLimits LIMITS =
      new ImageLimits(4 * 1024 * 1024, 20_000_000, 4_000_000, 20, Duration.ofSeconds(20));

  /** A JPEG of flat colour and a resize differ by a few steps from the colours painted. */
  private static final int COLOUR_TOLERANCE = 40;

  /** The engine under test, with {@link #LIMITS}. */
  protected abstract ThumbnailEngine engine();

  @Test
  void everyPresetAndFormat_fitsInsideItsSquareInTheOrderAsked() throws Exception {
    List<RenditionSpec> wanted = allFormats(128, 1024, 320);

    Thumbnails thumbnails =
        engine().render(MemorySegment.ofArray(TestImages.jpeg(2000, 1500)), wanted);

    assertThat(thumbnails.width()).isEqualTo(2000);
    assertThat(thumbnails.height()).isEqualTo(1500);
    assertThat(thumbnails.format()).isEqualTo("jpeg");
    assertThat(thumbnails.renditions())
        .extracting(Rendition::spec)
        .containsExactlyElementsOf(wanted);
    for (Rendition rendition : thumbnails.renditions()) {
      int size = rendition.spec().size();
      assertThat(rendition.width()).isEqualTo(size);
      assertThat(rendition.height()).isBetween(size * 3 / 4 - 1, size * 3 / 4 + 1);
      assertShowsQuadrants(rendition);
    }
  }

  @Test
  void smallImage_isNeverEnlarged() throws Exception {
    for (Rendition rendition : render(TestImages.png(100, 80))) {
      assertThat(rendition.width()).isEqualTo(100);
      assertThat(rendition.height()).isEqualTo(80);
      assertShowsQuadrants(rendition);
    }
  }

  @Test
  void oneWidePixel_keepsAtLeastOnePixel() throws Exception {
    for (Rendition rendition : render(TestImages.png(3000, 1))) {
      assertThat(rendition.height()).isEqualTo(1);
      assertThat(rendition.width()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void exifOrientation_isAppliedAndTheSizeReportedUpright(int orientation) throws Exception {
    Thumbnails thumbnails =
        engine()
            .render(
                MemorySegment.ofArray(TestImages.orientedJpeg(orientation, 640, 400)),
                allFormats(320, 128));

    assertThat(thumbnails.width()).isEqualTo(640);
    assertThat(thumbnails.height()).isEqualTo(400);
    for (Rendition rendition : thumbnails.renditions()) {
      assertThat(rendition.width()).isEqualTo(rendition.spec().size());
      assertThat(rendition.height())
          .isBetween(rendition.width() * 5 / 8 - 1, rendition.width() * 5 / 8 + 1);
      assertShowsQuadrants(rendition);
    }
  }

  /** A photo's position must not be published with its thumbnail. */
  @Test
  void metadata_isGoneFromEveryFormat() throws Exception {
    byte[] withGps = TestImages.withExif(TestImages.jpeg(600, 400), 1);
    List<byte[]> images =
        List.of(
            withGps,
            TestImages.file("quadrants-gps.webp"),
            TestImages.file("quadrants-p3-gps.jpg"),
            TestImages.file("quadrants-16bit-gps.png"));

    for (byte[] image : images) {
      assertThat(new String(image, StandardCharsets.ISO_8859_1)).contains(TestImages.AUTHOR);
      for (Rendition rendition : render(image)) {
        assertThat(new String(rendition.content(), StandardCharsets.ISO_8859_1))
            .doesNotContain("Exif", "EXIF", "XMP", "ICC_PROFILE", "ICCP", TestImages.AUTHOR);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quadrants-gps.webp, webp",
    "quadrants-p3-gps.jpg, jpeg",
    "quadrants-progressive.jpg, jpeg",
    "quadrants-interlaced.png, png",
    "quadrants-16bit-gps.png, png"
  })
  void image_isReadAndItsColoursAreSrgb(String file, String format) throws Exception {
    Thumbnails thumbnails =
        engine().render(MemorySegment.ofArray(TestImages.file(file)), allFormats(200));

    assertThat(thumbnails.format()).isEqualTo(format);
    assertThat(thumbnails.width()).isEqualTo(240);
    thumbnails.renditions().forEach(ThumbnailEngineContract::assertShowsQuadrants);
  }

  @Test
  void cmykJpeg_isConverted() throws Exception {
    for (Rendition rendition : render(TestImages.file("quadrants-cmyk.jpg"))) {
      BufferedImage picture = TestImages.decode(rendition.content());
      Color red = new Color(picture.getRGB(20, 20));
      assertThat(red.getRed()).isGreaterThan(150);
      assertThat(red.getGreen()).isLessThan(110);
      assertThat(red.getBlue()).isLessThan(110);
    }
  }

  @Test
  void greyJpeg_staysGrey() throws Exception {
    for (Rendition rendition : render(TestImages.file("quadrants-grey.jpg"))) {
      Color white = new Color(TestImages.decode(rendition.content()).getRGB(180, 120));
      assertThat(white.getRed())
          .isGreaterThan(225)
          .isEqualTo(white.getGreen())
          .isEqualTo(white.getBlue());
    }
  }

  @Test
  void transparency_isWhiteInJpegAndKeptInWebp() throws Exception {
    for (byte[] image :
        List.of(
            TestImages.transparentPng(300, 300), TestImages.file("square-on-transparent.webp"))) {
      for (Rendition rendition : render(image)) {
        BufferedImage picture = TestImages.decode(rendition.content());
        assertThat(
                new Color(picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2))
                    .getBlue())
            .isGreaterThan(180);
        if (rendition.spec().format() == RenditionFormat.WEBP) {
          assertThat(new Color(picture.getRGB(3, 3), true).getAlpha()).isZero();
        } else {
          assertThat(new Color(picture.getRGB(3, 3)).getRGB()).isEqualTo(Color.WHITE.getRGB());
        }
      }
    }
  }

  @Test
  void animation_showsItsFirstFrame() throws Exception {
    Thumbnails gif =
        engine().render(MemorySegment.ofArray(TestImages.animatedGif(3)), allFormats(320));

    assertThat(gif.format()).isEqualTo("gif");
    assertThat(gif.height()).isEqualTo(40);
    for (Rendition rendition : gif.renditions()) {
      assertThat(rendition.height()).isEqualTo(40);
      assertShowsQuadrants(rendition);
    }
    for (Rendition rendition : render(TestImages.file("animated-3-frames.webp"))) {
      assertThat(rendition.height()).isEqualTo(40);
      assertThat(new Color(TestImages.decode(rendition.content()).getRGB(30, 20)).getRed())
          .isGreaterThan(180);
    }
  }

  /** Shown while the real picture loads: its shape and colours must be right. */
  @Test
  void placeholder_hasShapeAndAverageColour() throws Exception {
    byte[] hash = placeholder(TestImages.jpeg(640, 400));
    assertThat(hash).hasSizeBetween(18, 25);
    // Brightness of a quarter each of red, green, blue and white, of 63; no alpha; landscape.
    assertThat(hash[0] & 63).isBetween(24, 40);
    assertThat(hash[2] & 0x80).isZero();
    assertThat(hash[4] & 0x80).isNotZero();
    assertThat(placeholder(TestImages.jpeg(400, 640))[4] & 0x80).isZero();
    assertThat(placeholder(TestImages.png(1, 1))).isNotEmpty();
    assertThat(placeholder(TestImages.file("quadrants-grey.jpg"))).isNotEmpty();
    assertThat(placeholder(TestImages.file("quadrants-cmyk.jpg"))).isNotEmpty();
    assertThat(placeholder(TestImages.file("quadrants-16bit-gps.png"))).hasSizeBetween(18, 25);
  }

  private byte[] placeholder(byte[] image) throws Exception {
    return Base64.getDecoder()
        .decode(engine().render(MemorySegment.ofArray(image), allFormats(200)).thumbHash());
  }

  @Test
  void emptyObject_isRefused() {
    assertRefused(ImageFailure.IMAGE_EMPTY, new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "just some text in a file called .jpg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>",
        "%PDF-1.4",
        "%!PS-Adobe-3.0 EPSF-3.0",
        "push graphic-context\nimage over 0,0 0,0 'https://example.com/x.png'\npop graphic-context",
        "<?xml version='1.0'?><image><read filename='/etc/passwd'/></image>",
        "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\nabcd",
        "SIMPLE  =                    T / FITS",
        "P6\n1 1\n127\nabc",
        "P1\n1 1\n1\n",
        "BM\0\0\0\0",
        "II*\0\b\0\0\0",
        "8BPS\0\1",
        "\b\0\0\0VIPS",
        "#EXTM3U\n/etc/passwd",
        "x"
      })
  void whatIsNoImage_isUnsupportedWhateverItsName(String content) {
    assertRefused(ImageFailure.IMAGE_UNSUPPORTED, content.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9})
  void truncatedImage_isRefusedInEveryFormat(double share) {
    SoftAssertions softly = new SoftAssertions();
    List<byte[]> images = new ArrayList<>();
    images.add(TestImages.jpeg(1200, 900));
    images.add(TestImages.noisePng(300, 300));
    images.add(TestImages.gif(300, 300));
    images.add(TestImages.file("quadrants-gps.webp"));
    images.add(TestImages.file("quadrants-progressive.jpg"));
    for (byte[] image : images) {
      softly
          .assertThatThrownBy(() -> render(TestImages.truncated(image, share)))
          .as("%d bytes of %d", (int) (image.length * share), image.length)
          .isInstanceOfSatisfying(
              PermanentFailureException.class,
              e -> softly.assertThat(e.failure()).as(e.getMessage()).isEqualTo("image-truncated"));
    }
    softly.assertAll();
  }

  @Test
  void truncatedHeader_isRefused() {
    for (byte[] image : List.of(TestImages.jpeg(300, 200), TestImages.png(300, 200))) {
      assertThatThrownBy(() -> render(TestImages.truncated(image, 25.0 / image.length)))
          .isInstanceOfSatisfying(
              PermanentFailureException.class,
              e ->
                  assertThat(e.failure())
                      .isIn("image-truncated", "image-corrupt", "image-unsupported"));
    }
  }

  /** 74 bytes that cost another program 13 seconds of CPU. */
  @Test
  void pngBomb_isRefusedByItsHeader() {
    assertRefused(ImageFailure.IMAGE_TOO_MANY_PIXELS, TestImages.pngBomb(60_000, 60_000));
  }

  /** Without strict reading this is decoded to black, at the price of every pixel it claims. */
  @Test
  void pngBombWithinTheLimit_isTruncatedAndCheap() throws Exception {
    byte[] bomb = TestImages.pngBomb(4400, 4400);
    byte[] whole = TestImages.png(4400, 4400);

    Duration refusal =
        Quickest.of(() -> {
          assertRefused(ImageFailure.IMAGE_TRUNCATED, bomb);
          return null;
        });

    assertThat(refusal).isLessThan(Quickest.of(() -> render(whole)).dividedBy(2));
  }

  @Test
  void hugeJpeg_isRefusedByItsHeader() {
    byte[] jpeg = TestImages.jpegClaiming(TestImages.jpeg(64, 64), 30_000, 30_000);
    assertRefused(ImageFailure.IMAGE_TOO_MANY_PIXELS, jpeg);
  }

  /** 3.5 MB on disk took 1.8 GB of memory. */
  @Test
  void progressiveJpeg_hasALowerLimit() throws Exception {
    byte[] progressive =
        TestImages.jpegClaiming(TestImages.file("quadrants-progressive.jpg"), 3000, 3000);
    assertRefused(ImageFailure.IMAGE_TOO_MANY_PIXELS, progressive);

    assertThat(render(TestImages.jpeg(3000, 3000))).isNotEmpty();
  }

  @Test
  void tooManyFrames_areRefused() {
    assertRefused(ImageFailure.IMAGE_TOO_MANY_FRAMES, TestImages.animatedGif(21));
  }

  @Test
  void tooManyBytes_areRefused() {
    assertRefused(ImageFailure.IMAGE_TOO_LARGE, new byte[4 * 1024 * 1024 + 1]);
  }

  /** One hostile image must not spoil the next good one. */
  @Test
  void refusals_leaveTheEngineWorking() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertRefused(ImageFailure.IMAGE_TOO_MANY_PIXELS, TestImages.pngBomb(60_000, 60_000));
      assertRefused(
          ImageFailure.IMAGE_TRUNCATED, TestImages.truncated(TestImages.jpeg(600, 400), 0.5));
    }
    render(TestImages.jpeg(300, 200)).forEach(ThumbnailEngineContract::assertShowsQuadrants);
  }

  /** The renditions at 200 px in every format of the engine. */
  protected List<Rendition> render(byte[] image) throws Exception {
    return engine().render(MemorySegment.ofArray(image), allFormats(200)).renditions();
  }

  protected List<RenditionSpec> allFormats(int... sizes) {
    List<RenditionSpec> wanted = new ArrayList<>();
    for (int size : sizes) {
      for (RenditionFormat format : engine().formats()) {
        wanted.add(new RenditionSpec("preset" + size, size, format, 80));
      }
    }
    return wanted;
  }

  protected void assertRefused(ImageFailure failure, byte[] image) {
    assertThatThrownBy(() -> render(image))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure.code()));
  }

  protected static void assertShowsQuadrants(Rendition rendition) {
    BufferedImage picture = TestImages.decode(rendition.content());
    int width = picture.getWidth();
    int height = picture.getHeight();
    assertThat(width).isEqualTo(rendition.width());
    assertThat(height).isEqualTo(rendition.height());
    assertColour(rendition, TestImages.RED, picture.getRGB(width / 4, height / 4));
    assertColour(rendition, TestImages.GREEN, picture.getRGB(width * 3 / 4, height / 4));
    assertColour(rendition, TestImages.BLUE, picture.getRGB(width / 4, height * 3 / 4));
    assertColour(rendition, TestImages.WHITE, picture.getRGB(width * 3 / 4, height * 3 / 4));
  }

  private static void assertColour(Rendition rendition, Color expected, int rgb) {
    Color actual = new Color(rgb);
    int distance =
        Math.max(
            Math.abs(expected.getRed() - actual.getRed()),
            Math.max(
                Math.abs(expected.getGreen() - actual.getGreen()),
                Math.abs(expected.getBlue() - actual.getBlue())));
    assertThat(distance)
        .as("%s: %s for %s", rendition.spec(), actual, expected)
        .isLessThan(COLOUR_TOLERANCE);
  }
}
