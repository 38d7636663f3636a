package quayside.sink.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a listing: the last object of a page. Opaque to clients, who get it as base64url of
 * JSON; it holds nothing that the page did not show, so it is not signed.
 *
 * @param order the order it is a place in
 * @param uploadedAt when that object was uploaded, as an RFC 3339 time
 * @param bucket its bucket
 * @param key its key
 */
record ListCursor(ObjectOrder order, String uploadedAt, String bucket, String key) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  static ListCursor at(ObjectOrder order, ObjectEntity object) {
    return new ListCursor(
        order, object.uploadedAt.toString(), object.name.bucket(), object.name.key());
  }

  /**
   * Reads one that a client sends back.
   *
   * @throws CatalogRequestException {@link CatalogRefusal#BAD_CURSOR} when it is none of ours for
   *     this order
   */
  static ListCursor parse(ObjectOrder order, String text) {
    try {
      @Nullable ListCursor cursor =
          JSON.readValue(Base64.getUrlDecoder().decode(text), ListCursor.class);
      if (cursor != null && cursor.order == order && cursor.isStorable()) {
        return cursor;
      }
    } catch (IllegalArgumentException | DateTimeException | IOException e) {
      throw new CatalogRequestException(CatalogRefusal.BAD_CURSOR, e);
    }
    throw new CatalogRequestException(CatalogRefusal.BAD_CURSOR);
  }

  private boolean isStorable() {
    return StoredTime.isStorable(uploadedTime())
        && StoredText.isStorable(bucket)
        && StoredText.isStorable(key);
  }

  /** True when it is a place in a listing with these filters. */
  boolean isWithin(@Nullable String filterBucket, @Nullable String filterPrefix) {
    return (filterBucket == null || bucket.equals(filterBucket))
        && (filterPrefix == null || key.startsWith(filterPrefix));
  }

  Instant uploadedTime() {
    return Instant.parse(uploadedAt);
  }

  /** What a client gets. */
  String text() {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a cursor is not writable", impossible);
    }
  }
}
