package quayside.sink.thumbnail;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/** Upload events for tests: a JPEG in bucket {@code uploads} unless said otherwise. */
record Uploads(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String etag,
    @Nullable String mimeType,
    ObjectUploaded.@Nullable Image image) {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  static Uploads of(String key) {
    return new Uploads("uploads", key, null, "image/jpeg", null);
  }

  Uploads withBucket(@Nullable String other) {
    return new Uploads(other, key, etag, mimeType, image);
  }

  Uploads withEtag(String other) {
    return new Uploads(bucket, key, other, mimeType, image);
  }

  Uploads withMimeType(@Nullable String other) {
    return new Uploads(bucket, key, etag, other, image);
  }

  Uploads withImage(ObjectUploaded.Image other) {
    return new Uploads(bucket, key, etag, mimeType, other);
  }

  ObjectUploaded data() {
    return new ObjectUploaded(
        bucket,
        key,
        etag,
        null,
        null,
        null,
        mimeType,
        image,
        "PutObject",
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
  }

  CloudEvent<ObjectUploaded> event() {
    return new CloudEvent<>(
        "upload-of-" + key,
        "acs:oss:cn-hangzhou:1:uploads",
        EventType.OBJECT_UPLOADED_V1,
        key,
        NOON,
        NOON,
        bucket + "/" + key,
        42,
        IngestPath.CALLBACK,
        null,
        data());
  }
}
