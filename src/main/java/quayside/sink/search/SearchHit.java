package quayside.sink.search;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;
import quayside.event.VerificationLevel;

/**
 * One object found, as the API shows it. Whatever the upload did not say is null.
 *
 * @param bucket bucket name
 * @param key object key
 * @param etag ETag as OSS reports it
 * @param size bytes
 * @param mimeType Content-Type stored with the object
 * @param image what OSS found out about an image
 * @param uploadedAt when the upload happened
 * @param variables the custom variables
 * @param verificationLevel how far the event can be trusted
 * @param eventId id of the event
 * @param thumbnails of this very version, in preset order; empty until they are made
 */
@Schema(description = "One object found. Whatever the upload did not say is null.")
@JsonPropertyOrder({
  "bucket",
  "key",
  "etag",
  "size",
  "mimeType",
  "image",
  "uploadedAt",
  "variables",
  "verificationLevel",
  "eventId",
  "thumbnails"
})
record SearchHit(
    @Schema(examples = "uploads") String bucket,
    @Schema(examples = "photos/2026/IMG_2041.jpg") String key,
    @Nullable @Schema(description = "As OSS reports it: upper-case hex without quotes") String etag,
    @Nullable @Schema(description = "Bytes") Long size,
    @Nullable String mimeType,
    @Nullable @Schema(description = "What OSS found out about an image") Image image,
    @Schema(description = "When the upload happened, RFC 3339") Instant uploadedAt,
    @Schema(description = "Custom variables of the upload") Map<String, String> variables,
    @Schema(description = "How far the event can be trusted") VerificationLevel verificationLevel,
    @Schema(description = "Id of the event this version came with") String eventId,
    @Schema(description = "Of this very version; empty until made") List<Thumbnail> thumbnails) {

  SearchHit {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    thumbnails = List.copyOf(thumbnails);
  }

  /** Its place in the order of results. */
  SearchQuery.Position position() {
    return new SearchQuery.Position(uploadedAt, new ObjectId(bucket, key));
  }
}
