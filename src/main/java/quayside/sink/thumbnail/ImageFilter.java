package quayside.sink.thumbnail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import quayside.event.ObjectUploaded;

/**
 * Decides from an event alone whether the object is worth reading. A wrong guess costs one
 * download, not correctness.
 */
final class ImageFilter {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "avif", "heic", "heif");
  private static final String SVG = "image/svg+xml";

  private final ThumbnailLocation location;

  ImageFilter(ThumbnailLocation location) {
    this.location = location;
  }

  /** Why not, or empty when it looks like an image. */
  Optional<SkipReason> reasonToSkip(ObjectUploaded upload) {
    String bucket = upload.bucket();
    String key = upload.key();
    if (bucket == null || key == null) {
      return Optional.of(SkipReason.NO_OBJECT);
    }
    if (location.holds(bucket, key)) {
      return Optional.of(SkipReason.OWN_THUMBNAIL);
    }
    String mimeType = upload.mimeType() == null ? "" : upload.mimeType().toLowerCase(Locale.ROOT);
    if (mimeType.startsWith(SVG)) {
      return Optional.of(SkipReason.VECTOR_IMAGE);
    }
    boolean image =
        mimeType.startsWith("image/")
            || hasImageInfo(upload)
            || EXTENSIONS.contains(extension(key));
    return image ? Optional.empty() : Optional.of(SkipReason.NOT_AN_IMAGE);
  }

  private static boolean hasImageInfo(ObjectUploaded upload) {
    ObjectUploaded.Image image = upload.image();
    return image != null
        && (image.width() != null || image.height() != null || image.format() != null);
  }

  private static String extension(String key) {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
