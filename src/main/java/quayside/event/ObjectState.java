package quayside.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;

/**
 * Data of {@link EventType#OBJECT_STATE_V1}: what is known of an object now, from its newest upload
 * and the newest thumbnails. Members that {@link ObjectUploaded} has as well mean the same here.
 * Schema: {@code schemas/object-state.v1.schema.json}.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 * @param verification how far the upload can be trusted; null when no upload is known
 * @param uploadedAt when the upload happened, as far as known (RFC 3339); null when none is known
 * @param uploadId {@code ce_id} of the upload event; null when only thumbnails are known so far
 * @param thumbnails the newest ones, of whatever version; null when there are none
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
  "verification",
  "uploadedAt",
  "uploadId",
  "thumbnails"
})
public record ObjectState(
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
    @Nullable Verification verification,
    @Nullable String uploadedAt,
    @Nullable String uploadId,
    @Nullable Thumbnails thumbnails) {

  public ObjectState {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * Of an object whose upload is known.
   *
   * @param uploadedAt when it happened
   * @param uploadId id of its event
   */
  public static ObjectState of(
      String bucket,
      String key,
      ObjectUploaded upload,
      Instant uploadedAt,
      String uploadId,
      @Nullable Thumbnails thumbnails) {
    return new ObjectState(
        bucket,
        key,
        upload.etag(),
        upload.size(),
        upload.crc64(),
        upload.contentMd5(),
        upload.mimeType(),
        upload.image(),
        upload.operation(),
        upload.requestId(),
        upload.owner(),
        upload.requester(),
        upload.clientIp(),
        upload.vpcId(),
        upload.variables(),
        upload.fields(),
        new Verification(upload.verification().level()),
        uploadedAt.toString(),
        uploadId,
        thumbnails);
  }

  /** Of an object of which no upload is known: there are thumbnails, or nothing. */
  public static ObjectState withoutUpload(
      String bucket, String key, @Nullable Thumbnails thumbnails) {
    return new ObjectState(
        bucket,
        key,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        thumbnails);
  }

  /**
   * How far the upload can be trusted.
   *
   * @param level the level reached
   */
  public record Verification(VerificationLevel level) {}

  /**
   * Thumbnails of one version of the object: of the current one where {@code etag} is the object's.
   * Members mean what they mean in {@link ObjectThumbnailed}.
   *
   * @param sequence the fence of thumbnailings, a decimal as text since JSON numbers lose its
   *     precision
   */
  @JsonPropertyOrder({"sequence", "etag", "width", "height", "format", "thumbHash", "thumbnails"})
  public record Thumbnails(
      String sequence,
      @Nullable String etag,
      int width,
      int height,
      String format,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String thumbHash,
      List<Thumbnail> thumbnails) {

    public Thumbnails {
      thumbnails = List.copyOf(thumbnails);
    }

    /** Those that a thumbnailing of this sequence told of. */
    public static Thumbnails of(long sequence, ObjectThumbnailed data) {
      return new Thumbnails(
          Long.toString(sequence),
          data.etag(),
          data.width(),
          data.height(),
          data.format(),
          data.thumbHash(),
          data.thumbnails());
    }
  }
}
