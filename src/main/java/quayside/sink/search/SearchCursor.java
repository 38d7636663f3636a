package quayside.sink.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A {@link SearchQuery.Position} as clients get it: base64url of JSON, opaque to them. It holds
 * nothing that the page did not show, so it is not signed.
 *
 * @param uploadedAt RFC 3339
 * @param bucket bucket of the last hit
 * @param key key of the last hit
 */
record SearchCursor(String uploadedAt, String bucket, String key) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The text for clients. */
  static String text(SearchQuery.Position position) {
    SearchCursor cursor =
        new SearchCursor(
            position.uploadedAt().toString(), position.id().bucket(), position.id().key());
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(cursor));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a cursor is not writable", impossible);
    }
  }

  /** Reads one that a client sends back; empty when it is none of ours. */
  static Optional<SearchQuery.Position> parse(String text) {
    try {
      SearchCursor cursor = JSON.readValue(Base64.getUrlDecoder().decode(text), SearchCursor.class);
      return cursor == null ? Optional.empty() : cursor.position();
    } catch (IllegalArgumentException | DateTimeException | IOException notOurs) {
      return Optional.empty();
    }
  }

  private Optional<SearchQuery.Position> position() {
    Instant time = Instant.parse(uploadedAt);
    if (!Unindexable.isStorable(time)
        || !Unindexable.isStorable(bucket)
        || !Unindexable.isStorable(key)) {
      return Optional.empty();
    }
    return Optional.of(new SearchQuery.Position(time, new ObjectId(bucket, key)));
  }
}
