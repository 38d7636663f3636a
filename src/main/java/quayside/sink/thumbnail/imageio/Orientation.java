package quayside.sink.thumbnail.imageio;

import java.awt.geom.AffineTransform;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The eight ways a camera can be held (EXIF 2.3, tag 274, in its order), by ImageIO's names for
 * them.
 */
enum Orientation {
  NORMAL,
  FLIPH,
  ROTATE180,
  FLIPV,
  FLIPVROTATE90,
  ROTATE270,
  FLIPHROTATE90,
  ROTATE90;

  /** The orientation with this value of {@code ImageOrientation}; unknown is normal. */
  static Orientation ofName(@Nullable String name) {
    for (Orientation orientation : values()) {
      if (name != null && orientation.name().equals(name.toUpperCase(Locale.ROOT))) {
        return orientation;
      }
    }
    return NORMAL;
  }

  /** True when turning swaps width and height. */
  boolean sideways() {
    return compareTo(FLIPVROTATE90) >= 0;
  }

  /** Maps a stored picture of this size to the upright one. */
  AffineTransform upright(int width, int height) {
    return switch (this) {
      case NORMAL -> new AffineTransform();
      case FLIPH -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case ROTATE180 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case FLIPV -> new AffineTransform(1, 0, 0, -1, 0, height);
      case FLIPVROTATE90 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case ROTATE270 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case FLIPHROTATE90 -> new AffineTransform(0, -1, -1, 0, height, width);
      case ROTATE90 -> new AffineTransform(0, -1, 1, 0, 0, width);
    };
  }
}
