package quayside.sink.thumbnail;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.sink.thumbnail.engine.RenditionSpec;

/**
 * What is known of one content and its thumbnails, as JSON beside them: {@code manifest.json}. For
 * clients that know the ETag alone, and for people. Written last, so what it names is there.
 *
 * @param etag of the original
 * @param width pixels of the original, upright
 * @param height pixels of the original, upright
 * @param format found in the bytes of the original
 * @param thumbHash placeholder in base64
 * @param thumbnails in the order of the recipe
 */
@JsonPropertyOrder({"etag", "width", "height", "format", "thumbHash", "thumbnails"})
record Manifest(
    String etag, int width, int height, String format, String thumbHash, List<Entry> thumbnails) {
  static final String MIME_TYPE = "application/json";

  private static final String DIGEST = "quayside-manifest";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * One thumbnail.
   *
   * @param version of the preset
   * @param quality 1 to 100
   * @param size bytes
   */
  @JsonPropertyOrder({"preset", "version", "key", "mimeType", "width", "height", "quality", "size"})
  record Entry(
      String preset,
      int version,
      String key,
      String mimeType,
      int width,
      int height,
      int quality,
      long size) {}

  Manifest {
    thumbnails = List.copyOf(thumbnails);
  }

  /** The manifest of thumbnails that are all there. */
  static Manifest of(String etag, Map<RenditionSpec, @Nullable StoredThumbnail> stored) {
    List<Entry> entries = new ArrayList<>();
    StoredThumbnail.@Nullable Source source = null;
    for (Map.Entry<RenditionSpec, @Nullable StoredThumbnail> one : stored.entrySet()) {
      StoredThumbnail thumbnail = one.getValue();
      if (thumbnail == null) {
        throw new IllegalArgumentException("stored: " + one.getKey() + " is missing");
      }
      source = source == null ? thumbnail.source() : source;
      entries.add(entry(one.getKey(), thumbnail));
    }
    if (source == null) {
      throw new IllegalArgumentException("stored: no thumbnails");
    }
    return new Manifest(
        etag, source.width(), source.height(), source.format(), source.thumbHash(), entries);
  }

  /** The bytes stored; the same thumbnails always give the same. */
  byte[] json() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of texts and numbers is not writable", impossible);
    }
  }

  /** User metadata by which it is recognised without being read. */
  Map<String, String> metadata() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json());
      return Map.of(DIGEST, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static Entry entry(RenditionSpec spec, StoredThumbnail stored) {
    return new Entry(
        spec.preset(),
        spec.version(),
        stored.thumbnail().key(),
        stored.thumbnail().mimeType(),
        stored.thumbnail().width(),
        stored.thumbnail().height(),
        spec.quality(),
        stored.thumbnail().size());
  }
}
