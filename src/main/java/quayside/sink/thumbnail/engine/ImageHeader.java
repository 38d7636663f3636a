package quayside.sink.thumbnail.engine;

/**
 * What the header of an image claims. Nothing of it is proved before the image is decoded.
 *
 * @param format such as {@code jpeg}
 * @param width pixels as stored
 * @param height pixels as stored
 * @param frames pictures in the file, 1 for a still
 * @param multiscan decoding needs all pixels in memory at once (progressive JPEG, interlaced PNG)
 * @param sideways the EXIF orientation swaps width and height
 */
public record ImageHeader(
    String format, int width, int height, int frames, boolean multiscan, boolean sideways) {

  public ImageHeader {
    if (width < 1 || height < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "width, height, frames: %d x %d x %d is not a picture".formatted(width, height, frames));
    }
  }

  /** Pixels of one frame. */
  public long pixels() {
    return (long) width * height;
  }

  /** Width once turned upright. */
  public int uprightWidth() {
    return sideways ? height : width;
  }

  /** Height once turned upright. */
  public int uprightHeight() {
    return sideways ? width : height;
  }
}
