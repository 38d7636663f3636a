package quayside.sink.thumbnail.worker;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.Riff;

/**
 * The steps from bytes to thumbnails: look at the header, decode once at the largest size wanted,
 * shrink, encode.
 */
final class VipsRenderer {
  /** The first orientation that swaps width and height (EXIF 2.3, tag 274). */
  private static final int FIRST_SIDEWAYS = 5;

  /** libvips' own default: more effort takes more time and saves little. */
  private static final int WEBP_EFFORT = 4;

  private final Vips vips;

  VipsRenderer(Vips vips) {
    this.vips = vips;
  }

  /** What the header claims; nothing is decoded. */
  ImageHeader probe(MemorySegment bytes) throws PermanentFailureException {
    try (VipsImage image = VipsImage.open(vips, bytes)) {
      boolean multiscan = image.number("jpeg-multiscan") == 1 || image.number("interlaced") == 1;
      boolean sideways = image.orientation() >= FIRST_SIDEWAYS;
      return new ImageHeader(
          format(image), image.width(), image.height(), image.pages(), multiscan, sideways);
    } catch (VipsException e) {
      throw endsEarly(bytes)
          ? ImageFailure.IMAGE_TRUNCATED.because("header: " + e.getMessage(), e)
          : VipsFailures.whileOpening(e);
    }
  }

  /** Makes the renditions, in order. */
  void render(MemorySegment bytes, List<RenditionSpec> wanted, Output output)
      throws PermanentFailureException, IOException {
    int largest = wanted.stream().mapToInt(RenditionSpec::size).max().orElseThrow();
    try (VipsImage shrunk = VipsImage.thumbnail(vips, bytes, largest);
        VipsImage srgb = shrunk.toSrgb();
        VipsImage decoded = srgb.decode()) {
      for (RenditionSpec spec : wanted) {
        renderOne(decoded, spec, output);
      }
    } catch (VipsException e) {
      throw VipsFailures.whileDecoding(e);
    }
  }

  private static void renderOne(VipsImage decoded, RenditionSpec spec, Output output)
      throws VipsException, IOException {
    try (VipsImage sized = decoded.thumbnail(spec.size());
        VipsImage bare = sized.decode()) {
      bare.encode(suffix(spec), bytes -> output.rendition(bare.width(), bare.height(), bytes));
    }
  }

  /** File name suffix with save options, which libvips understands as a choice of the encoder. */
  private static String suffix(RenditionSpec spec) {
    return switch (spec.format()) {
      case WEBP -> ".webp[Q=%d,effort=%d,strip]".formatted(spec.quality(), WEBP_EFFORT);
      case JPEG -> ".jpg[Q=%d,background=255,optimize-coding,strip]".formatted(spec.quality());
    };
  }

  /** libwebp does not say that bytes are missing, only that it cannot parse them. */
  private static boolean endsEarly(MemorySegment bytes) {
    byte[] beginning =
        bytes.asSlice(0, Math.min(bytes.byteSize(), Riff.HEADER)).toArray(ValueLayout.JAVA_BYTE);
    return Riff.endsEarly(beginning, bytes.byteSize());
  }

  private static String format(VipsImage image) throws PermanentFailureException {
    Optional<String> loader = image.text("vips-loader");
    String name = loader.map(text -> text.replaceFirst("load.*", "")).orElse("");
    return switch (name) {
      case "jpeg", "png", "webp", "gif" -> name;
      case "heif" -> image.text("heif-compression").equals(Optional.of("av1")) ? "avif" : "heic";
      default ->
          throw ImageFailure.IMAGE_UNSUPPORTED.because("loaded by " + loader.orElse("nobody"));
    };
  }

  /** Where encoded thumbnails go. */
  interface Output {
    /** Takes one; the bytes are valid during the call only. */
    void rendition(int width, int height, MemorySegment bytes) throws IOException;
  }
}
