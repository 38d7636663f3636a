package quayside.sink.thumbnail.engine;

/**
 * One thumbnail that is wanted.
 *
 * @param preset name of the preset
 * @param version of the preset; raised when it changes, so that its thumbnails have another name
 * @param size side in pixels of the square the picture must fit in
 * @param format format to write
 * @param quality 1 (smallest) to 100 (best)
 */
public record RenditionSpec(
    String preset, int version, int size, RenditionFormat format, int quality) {
  /** libvips and browsers stop well above; a thumbnail larger than this is a mistake. */
  private static final int MAX_SIZE = 8192;

  private static final int MAX_VERSION = 9999;

  public RenditionSpec {
    if (version < 1 || version > MAX_VERSION) {
      throw new IllegalArgumentException(
          "version: " + version + " is not within 1 to " + MAX_VERSION);
    }
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "size: " + size + " is not within 1 to " + MAX_SIZE + " px");
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality: " + quality + " is not within 1 to 100");
    }
  }

  /** The first version of a preset. */
  public RenditionSpec(String preset, int size, RenditionFormat format, int quality) {
    this(preset, 1, size, format, quality);
  }

  /** Last part of its key: the first version has the plain name. */
  public String fileName() {
    String suffix = version == 1 ? "" : "-v" + version;
    return preset + suffix + "." + format.extension();
  }
}
