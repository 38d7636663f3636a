package quayside.sink.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * What the index knows about one version of an object. Whatever the event did not say is null.
 *
 * @param etag ETag of this version; thumbnails belong to it by this
 * @param sizeBytes object size in bytes
 * @param mimeType Content-Type as stored with the object, parameters included
 * @param image what OSS found out about an image
 * @param uploadedAt when the upload happened; the order of search results. Whole microseconds,
 *     which is what every engine can keep
 * @param variables the custom variables
 * @param verificationLevel how far the event can be trusted
 * @param eventId id of the event this version came with
 */
record ObjectDocument(
    @Nullable String etag,
    @Nullable Long sizeBytes,
    @Nullable String mimeType,
    ObjectUploaded.@Nullable Image image,
    Instant uploadedAt,
    Map<String, String> variables,
    VerificationLevel verificationLevel,
    String eventId) {

  ObjectDocument {
    uploadedAt = uploadedAt.truncatedTo(ChronoUnit.MICROS);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }
}
