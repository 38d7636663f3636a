package quayside.sink.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;

/**
 * An object as the API shows it: the newest upload known. Names and meanings are those of the
 * event; what the callback did not say is null.
 *
 * @param image what OSS found out about an image, or null when it said nothing
 * @param verificationLevel {@code signature}, {@code grant} or {@code confirmed}
 * @param disputed what the bucket has instead, or null when no look at it disagreed
 * @param eventSource CloudEvents source of the event it is known from
 * @param eventId CloudEvents id of that event
 * @param sequence the event's place in the order of this object's events
 * @param uploadedAt when the upload happened, as far as known
 * @param recordedAt when Quayside received the event
 * @param updatedAt when the catalog was written
 * @param thumbnails those of this version; empty when there are none, or none yet
 */
@JsonPropertyOrder({
  "bucket",
  "key",
  "etag",
  "size",
  "crc64",
  "contentMd5",
  "mimeType",
  "image",
  "operation",
  "requestId",
  "owner",
  "requester",
  "clientIp",
  "vpcId",
  "variables",
  "fields",
  "verificationLevel",
  "disputed",
  "eventSource",
  "eventId",
  "sequence",
  "uploadedAt",
  "recordedAt",
  "updatedAt",
  "thumbnails"
})
record CatalogObject(
    String bucket,
    String key,
    @Nullable String etag,
    @Nullable Long size,
    @Nullable String crc64,
    @Nullable String contentMd5,
    @Nullable String mimeType,
    @Nullable Image image,
    @Nullable String operation,
    @Nullable String requestId,
    @Nullable String owner,
    @Nullable String requester,
    @Nullable String clientIp,
    @Nullable String vpcId,
    Map<String, String> variables,
    Map<String, String> fields,
    String verificationLevel,
    @Nullable Dispute disputed,
    String eventSource,
    String eventId,
    long sequence,
    Instant uploadedAt,
    Instant recordedAt,
    Instant updatedAt,
    List<Thumbnail> thumbnails) {

  static CatalogObject of(ObjectEntity object, @Nullable ThumbnailsEntity thumbnails) {
    return new CatalogObject(
        object.name.bucket(),
        object.name.key(),
        object.etag,
        object.size,
        object.crc64,
        object.contentMd5,
        object.mimeType,
        object.image(),
        object.operation,
        object.requestId,
        object.owner,
        object.requester,
        object.clientIp,
        object.vpcId,
        object.variables,
        object.fields,
        object.verificationLevel,
        object.disputedAt == null
            ? null
            : new Dispute(object.liveEtag, object.liveSize, object.disputedAt),
        object.eventSource,
        object.eventId,
        object.sequence,
        object.uploadedAt,
        object.recordedAt,
        object.updatedAt,
        thumbnails != null && thumbnails.belongTo(object) ? thumbnails.thumbnails : List.of());
  }

  /**
   * A look at the bucket that disagreed with the event.
   *
   * @param etag ETag that the bucket has
   * @param size bytes that the bucket has
   * @param since when it was seen
   */
  @JsonPropertyOrder({"etag", "size", "since"})
  record Dispute(String etag, long size, Instant since) {}
}
