package quayside.sink.thumbnail;

import java.util.Map;
import java.util.Optional;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.oss.ObjectHead;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * A thumbnail in the bucket. Its user metadata says how it was made and from what, so that a replay
 * knows everything without reading the original.
 *
 * @param thumbnail as events describe it
 * @param source the picture it was made from
 */
record StoredThumbnail(Thumbnail thumbnail, Source source) {
  private static final String RECIPE = "quayside-recipe";
  private static final String PICTURE = "quayside-picture";
  private static final String SOURCE = "quayside-source";
  private static final String THUMB_HASH = "quayside-thumbhash";

  /**
   * The original: pixels after EXIF orientation, the format found in its bytes, its placeholder.
   */
  record Source(int width, int height, String format, String thumbHash) {
    static Source of(Thumbnails made) {
      return new Source(made.width(), made.height(), made.format(), made.thumbHash());
    }
  }

  /** What is written with a rendition. */
  static Map<String, String> metadata(Rendition rendition, Thumbnails made) {
    return Map.of(
        RECIPE,
        recipe(rendition.spec()),
        PICTURE,
        rendition.width() + " " + rendition.height(),
        SOURCE,
        made.width() + " " + made.height() + " " + made.format(),
        THUMB_HASH,
        made.thumbHash());
  }

  /** A rendition that was just written. */
  static StoredThumbnail of(String bucket, String key, Rendition rendition, Thumbnails made) {
    return new StoredThumbnail(
        new Thumbnail(
            rendition.spec().preset(),
            bucket,
            key,
            rendition.spec().format().mimeType(),
            rendition.width(),
            rendition.height(),
            rendition.content().length),
        Source.of(made));
  }

  /** What is in the bucket, if it was made as the specification says. */
  static Optional<StoredThumbnail> read(
      String bucket, String key, RenditionSpec spec, ObjectHead head) {
    Map<String, String> metadata = head.metadata();
    String[] picture = metadata.getOrDefault(PICTURE, "").split(" ");
    String[] source = metadata.getOrDefault(SOURCE, "").split(" ");
    String thumbHash = metadata.get(THUMB_HASH);
    if (!recipe(spec).equals(metadata.get(RECIPE))
        || picture.length != 2
        || source.length != 3
        || thumbHash == null) {
      return Optional.empty();
    }
    try {
      Thumbnail thumbnail =
          new Thumbnail(
              spec.preset(),
              bucket,
              key,
              spec.format().mimeType(),
              Integer.parseInt(picture[0]),
              Integer.parseInt(picture[1]),
              head.size());
      Source original =
          new Source(
              Integer.parseInt(source[0]), Integer.parseInt(source[1]), source[2], thumbHash);
      return Optional.of(new StoredThumbnail(thumbnail, original));
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  private static String recipe(RenditionSpec spec) {
    return "size=" + spec.size() + " quality=" + spec.quality();
  }
}
