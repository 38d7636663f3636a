package quayside.sink.thumbnail.worker;

import java.util.regex.Pattern;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.ImageFailure;

/**
 * Sorts what libvips and its decoders say into {@link ImageFailure}s. They have text only, so this
 * goes by the text.
 */
final class VipsFailures {
  private static final Pattern UNSUPPORTED =
      Pattern.compile(
          "not in a known format|operation is blocked|has not been built in|[Uu]nsupported");
  private static final Pattern TRUNCATED =
      Pattern.compile(
          "premature end|truncated|[Uu]nexpected end|end of (file|stream|data)|EOF|libpng read error"
              + "|not enough data|Invalid input: No '?ftyp|bitstream data|partial");
  private static final Pattern MEMORY =
      Pattern.compile("out of memory|[Ii]nsufficient memory|[Mm]emory allocation");

  private VipsFailures() {}

  static PermanentFailureException whileOpening(VipsException e) {
    return failure(e).because("header: " + e.getMessage(), e);
  }

  static PermanentFailureException whileDecoding(VipsException e) {
    return failure(e).because("pixels: " + e.getMessage(), e);
  }

  private static ImageFailure failure(VipsException e) {
    String text = String.valueOf(e.getMessage());
    if (UNSUPPORTED.matcher(text).find()) {
      return ImageFailure.IMAGE_UNSUPPORTED;
    }
    if (MEMORY.matcher(text).find()) {
      return ImageFailure.IMAGE_TOO_MANY_PIXELS;
    }
    return TRUNCATED.matcher(text).find()
        ? ImageFailure.IMAGE_TRUNCATED
        : ImageFailure.IMAGE_CORRUPT;
  }
}
