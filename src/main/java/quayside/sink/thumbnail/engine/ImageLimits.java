package quayside.sink.thumbnail.engine;

import java.time.Duration;
import quayside.sink.PermanentFailureException;

/**
 * What an image may ask of the engine. Everything here is known before the first pixel is decoded.
 *
 * @param maxBytes size of the file
 * @param maxPixels width times height of one frame
 * @param maxMultiscanPixels the same for images that must be in memory whole: a progressive JPEG of
 *     900 megapixels has 3.5 MB on disk and was seen to take 1.8 GB
 * @param maxFrames frames of an animation; only the first is decoded, but all are counted
 * @param timeLimit for one image, from the first byte given to the engine to the last thumbnail
 */
public record ImageLimits(
    long maxBytes, long maxPixels, long maxMultiscanPixels, int maxFrames, Duration timeLimit) {

  public ImageLimits {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 1024) {
      throw new IllegalArgumentException(
          "max-bytes: " + maxBytes + " is not within 1 and 2 GiB, an image is read into one array");
    }
    if (maxPixels < 1 || maxMultiscanPixels < 1 || maxFrames < 1) {
      throw new IllegalArgumentException(
          "max-pixels, max-multiscan-pixels, max-frames: %d, %d, %d must be positive"
              .formatted(maxPixels, maxMultiscanPixels, maxFrames));
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("time-limit: " + timeLimit + " must be positive");
    }
  }

  /** Refuses an image by the size of its file. */
  public void checkSize(long bytes) throws PermanentFailureException {
    if (bytes == 0) {
      throw ImageFailure.IMAGE_EMPTY.because("the object has no bytes");
    }
    if (bytes > maxBytes) {
      throw ImageFailure.IMAGE_TOO_LARGE.because(bytes + " bytes, the limit is " + maxBytes);
    }
  }

  /** Refuses an image by what its header claims. */
  public void checkHeader(ImageHeader header) throws PermanentFailureException {
    long pixelLimit = header.multiscan() ? Math.min(maxPixels, maxMultiscanPixels) : maxPixels;
    if (header.pixels() > pixelLimit) {
      throw ImageFailure.IMAGE_TOO_MANY_PIXELS.because(
          "%d x %d pixels in a %s %s, the limit is %d pixels"
              .formatted(
                  header.width(),
                  header.height(),
                  header.multiscan() ? "progressive" : "sequential",
                  header.format(),
                  pixelLimit));
    }
    if (header.frames() > maxFrames) {
      throw ImageFailure.IMAGE_TOO_MANY_FRAMES.because(
          header.frames() + " frames, the limit is " + maxFrames);
    }
  }
}
