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
import quayside.sink.thumbnail.engine.ThumbHash;

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

  /** Makes the placeholder and the renditions, in order; the image is decoded once for all. */
  void render(MemorySegment bytes, List<RenditionSpec> wanted, Output output)
      throws PermanentFailureException, IOException {
    int largest = wanted.stream().mapToInt(RenditionSpec::size).max().orElseThrow();
    try (VipsImage shrunk = VipsImage.thumbnail(vips, bytes, largest);
        VipsImage srgb = shrunk.toSrgb();
        VipsImage decoded = srgb.decode()) {
      output.placeholder(placeholder(decoded));
      for (int from = 0; from < wanted.size(); ) {
        int to = endOfSize(wanted, from);
        renderSize(decoded, wanted.subList(from, to), output);
        from = to;
      }
    } catch (VipsException e) {
      throw VipsFailures.whileDecoding(e);
    }
  }

  /** Formats of one size follow one another: they share the resizing. */
  private static int endOfSize(List<RenditionSpec> wanted, int from) {
    int to = from + 1;
    while (to < wanted.size() && wanted.get(to).size() == wanted.get(from).size()) {
      to++;
    }
    return to;
  }

  private static void renderSize(VipsImage decoded, List<RenditionSpec> formats, Output output)
      throws VipsException, IOException {
    try (VipsImage sized = decoded.thumbnail(formats.getFirst().size());
        VipsImage bare = sized.decode()) {
      for (RenditionSpec spec : formats) {
        bare.encode(suffix(spec), bytes -> output.rendition(bare.width(), bare.height(), bytes));
      }
    }
  }

  private static String placeholder(VipsImage decoded) throws VipsException {
    try (VipsImage small = decoded.thumbnail(ThumbHash.MAX_SIDE)) {
      return ThumbHash.base64(small.width(), small.height(), small.rgba());
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
    /** Takes the {@link ThumbHash} in base64; called once, first. */
    void placeholder(String thumbHash) throws IOException;

    /** Takes one; the bytes are valid during the call only. */
    void rendition(int width, int height, MemorySegment bytes) throws IOException;
  }
}
