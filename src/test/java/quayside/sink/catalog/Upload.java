package quayside.sink.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Image;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;

/** An upload as a test tells it: complete by default, {@code withX} to change one thing. */
public record Upload(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String etag,
    String id,
    long sequence,
    Instant time,
    Map<String, String> variables,
    Map<String, String> fields) {
  private static final Instant FIRST = Instant.parse("2026-11-01T08:00:00Z");

  public static Upload of(@Nullable String bucket, String key) {
    return new Upload(bucket, key, "ETAG-1", newId(), 1, FIRST, Map.of(), Map.of());
  }

  /** A bucket that no other test knows. */
  public static String newBucket() {
    return "b-" + UUID.randomUUID();
  }

  /** Another object's upload. */
  public Upload withKey(@Nullable String value) {
    return new Upload(bucket, value, etag, newId(), sequence, time, variables, fields);
  }

  /** The n-th upload of a history; each is a second after the one before. */
  public Upload withSequence(long value) {
    return new Upload(
        bucket, key, etag, newId(), value, FIRST.plusSeconds(value - 1), variables, fields);
  }

  public Upload withEtag(@Nullable String value) {
    return new Upload(bucket, key, value, id, sequence, time, variables, fields);
  }

  public Upload withId(String value) {
    return new Upload(bucket, key, etag, value, sequence, time, variables, fields);
  }

  public Upload withTime(Instant value) {
    return new Upload(bucket, key, etag, id, sequence, value, variables, fields);
  }

  public Upload withVariables(Map<String, String> value) {
    return new Upload(bucket, key, etag, id, sequence, time, value, fields);
  }

  public Upload withFields(Map<String, String> value) {
    return new Upload(bucket, key, etag, id, sequence, time, variables, value);
  }

  public CloudEvent<ObjectUploaded> event() {
    return new CloudEvent<>(
        id,
        source(),
        EventType.OBJECT_UPLOADED_V1,
        key,
        time,
        time.plus(5, ChronoUnit.MILLIS),
        bucket == null || key == null ? null : bucket + "/" + key,
        sequence,
        IngestPath.CALLBACK,
        null,
        new ObjectUploaded(
            bucket,
            key,
            etag,
            4711L,
            "18446744073709551615",
            "CY9rzUYh03PK3k6DJie09g==",
            "image/jpeg",
            new Image(640, 480, "jpg"),
            "PutObject",
            "5C06A3B67B8B5A3DA422299D",
            "1283",
            "2029",
            "192.0.2.7",
            "vpc-1",
            variables,
            fields,
            new Verification(VerificationLevel.SIGNATURE, null, "1.0")));
  }

  /** Its thumbnails. */
  public CloudEvent<ObjectThumbnailed> thumbnails() {
    return thumbnails(etag);
  }

  /** As above, with the ETag that the thumbnail worker found in the bucket. */
  public CloudEvent<ObjectThumbnailed> thumbnails(@Nullable String foundEtag) {
    return new CloudEvent<>(
        id + "-thumbnails",
        source(),
        EventType.OBJECT_THUMBNAILED_V1,
        key,
        time,
        time.plusSeconds(1),
        bucket + "/" + key,
        sequence,
        IngestPath.CALLBACK,
        id,
        new ObjectThumbnailed(
            String.valueOf(bucket),
            String.valueOf(key),
            foundEtag,
            640,
            480,
            "jpeg",
            List.of(
                new Thumbnail("small", "thumbs", path("small"), "image/webp", 128, 96, 2345),
                new Thumbnail("medium", "thumbs", path("medium"), "image/webp", 320, 240, 9876)),
            "3OcRJYB4d3h/iIeHeEh3eIhw+j3A"));
  }

  private String path(String preset) {
    return "thumbnails/" + etag + "/" + preset + ".webp";
  }

  private String source() {
    return "acs:oss:cn-hangzhou:1283:" + (bucket == null ? "-" : bucket);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }
}
