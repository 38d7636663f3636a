package quayside.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@link EventType#OBJECT_THUMBNAILED_V1}: the thumbnails of one version of an object are
 * in the bucket. Schema: {@code schemas/object-thumbnailed.v1.schema.json}.
 *
 * @param bucket bucket of the original
 * @param key key of the original
 * @param etag ETag of the original; thumbnails of another ETag are thumbnails of another version
 * @param width pixels of the original, after EXIF orientation
 * @param height pixels of the original, after EXIF orientation
 * @param format format found in the bytes, whatever the name said, such as {@code jpeg}
 * @param thumbnails one entry per preset and format, in preset order
 * @param thumbHash <a href="https://evanw.github.io/thumbhash/">ThumbHash</a> of the original in
 *     base64, a placeholder to show until a thumbnail is loaded; null, and not written, when
 *     unknown
 */
@JsonPropertyOrder({
  "bucket",
  "key",
  "etag",
  "width",
  "height",
  "format",
  "thumbnails",
  "thumbHash"
})
public record ObjectThumbnailed(
    String bucket,
    String key,
    @Nullable String etag,
    int width,
    int height,
    String format,
    List<Thumbnail> thumbnails,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String thumbHash) {

  public ObjectThumbnailed {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width, height: " + width + " x " + height + " is not a picture");
    }
    thumbnails = List.copyOf(thumbnails);
  }

  /** Thumbnails without a placeholder. */
  public ObjectThumbnailed(
      String bucket,
      String key,
      @Nullable String etag,
      int width,
      int height,
      String format,
      List<Thumbnail> thumbnails) {
    this(bucket, key, etag, width, height, format, thumbnails, null);
  }

  /**
   * One thumbnail.
   *
   * @param preset name of the preset, such as {@code small}
   * @param bucket bucket it is stored in
   * @param key key it is stored under: content-addressed, so a replay rewrites nothing
   * @param mimeType such as {@code image/webp}
   * @param width pixels
   * @param height pixels
   * @param size bytes
   */
  @JsonPropertyOrder({"preset", "bucket", "key", "mimeType", "width", "height", "size"})
  public record Thumbnail(
      String preset,
      String bucket,
      String key,
      String mimeType,
      int width,
      int height,
      long size) {}
}
