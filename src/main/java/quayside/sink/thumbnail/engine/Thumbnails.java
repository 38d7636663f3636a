package quayside.sink.thumbnail.engine;

import java.util.List;

/**
 * The thumbnails of one image.
 *
 * @param width pixels of the original, turned upright
 * @param height pixels of the original, turned upright
 * @param format format found in the bytes, such as {@code jpeg}
 * @param thumbHash {@link ThumbHash} in base64, of the same pixels as the renditions
 * @param renditions one for each that was wanted, in that order
 */
public record Thumbnails(
    int width, int height, String format, String thumbHash, List<Rendition> renditions) {
  public Thumbnails {
    renditions = List.copyOf(renditions);
  }
}
