package quayside.console.preview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import quayside.event.ObjectThumbnailed.Thumbnail;

/**
 * A name for the bytes of a thumbnail. Its place is one already, since thumbnails are named by
 * their content; this hides the place, and has no characters that a header cannot have.
 */
final class ContentName {
  private ContentName() {}

  static String of(Thumbnail thumbnail) {
    String place = thumbnail.bucket() + "/" + thumbnail.key();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8)),
              0,
              16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
