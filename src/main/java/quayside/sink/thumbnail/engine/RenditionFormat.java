package quayside.sink.thumbnail.engine;

import java.util.Locale;

/** A format thumbnails are written in. */
public enum RenditionFormat {
  /** Smaller than JPEG at equal quality and keeps transparency. */
  WEBP("webp", "image/webp"),
  /** For everything that cannot show WebP. */
  JPEG("jpg", "image/jpeg");

  private final String extension;
  private final String mimeType;

  RenditionFormat(String extension, String mimeType) {
    this.extension = extension;
    this.mimeType = mimeType;
  }

  /** File name extension without the dot. */
  public String extension() {
    return extension;
  }

  /** Content-Type of the stored object. */
  public String mimeType() {
    return mimeType;
  }

  /** Lower-case name for logs and metrics. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
