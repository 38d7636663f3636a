package quayside.sink.thumbnail.engine;

/**
 * One thumbnail that is wanted.
 *
 * @param preset name of the preset
 * @param size side in pixels of the square the picture must fit in
 * @param format format to write
 * @param quality 1 (smallest) to 100 (best)
 */
public record RenditionSpec(String preset, int size, RenditionFormat format, int quality) {
  /** libvips and browsers stop well above; a thumbnail larger than this is a mistake. */
  private static final int MAX_SIZE = 8192;

  public RenditionSpec {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "size: " + size + " is not within 1 to " + MAX_SIZE + " px");
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality: " + quality + " is not within 1 to 100");
    }
  }
}
