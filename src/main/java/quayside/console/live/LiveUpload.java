package quayside.console.live;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Image;

/**
 * What a list of uploads shows of one. Names and meanings are those of the catalog's API; what the
 * callback did not say is null.
 *
 * @param verificationLevel {@code signature}, {@code grant} or {@code confirmed}
 * @param uploadedAt when the upload happened, as far as known; RFC 3339
 * @param recordedAt when Quayside received it; RFC 3339
 */
@JsonPropertyOrder({
  "size",
  "mimeType",
  "etag",
  "verificationLevel",
  "image",
  "variables",
  "uploadedAt",
  "recordedAt"
})
record LiveUpload(
    @Nullable Long size,
    @Nullable String mimeType,
    @Nullable String etag,
    String verificationLevel,
    @Nullable Image image,
    Map<String, String> variables,
    String uploadedAt,
    String recordedAt) {

  static LiveUpload of(CloudEvent<ObjectUploaded> event) {
    ObjectUploaded data = event.data();
    return new LiveUpload(
        data.size(),
        data.mimeType(),
        data.etag(),
        data.verification().level().value(),
        data.image(),
        data.variables(),
        event.time().toString(),
        event.recordedTime().toString());
  }

  /** The same without its variables. */
  LiveUpload withoutVariables() {
    return new LiveUpload(
        size, mimeType, etag, verificationLevel, image, Map.of(), uploadedAt, recordedAt);
  }
}
