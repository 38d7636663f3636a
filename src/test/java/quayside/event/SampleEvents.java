package quayside.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of every type, the same at every run. */
public final class SampleEvents {
  private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.999Z");
  private static final Instant RECORDED = Instant.parse("2026-11-22T10:00:01.123456Z");
  private static final String BUCKET = "uploads";
  private static final String KEY = "照片.jpg";

  private SampleEvents() {}

  /** An upload that says something in every member. */
  public static CloudEvent<ObjectUploaded> uploaded() {
    ObjectUploaded data =
        new ObjectUploaded(
            BUCKET,
            KEY,
            "5D41402ABC4B2A76B9719D911017C592",
            108904L,
            "18446744073709551615",
            "XUFAKrxLKna5cZ2REBfFkg==",
            "image/jpeg",
            new ObjectUploaded.Image(4032, 3024, "jpg"),
            "PutObject",
            "5CF3E7821AB22D0FDB86704D",
            "1050784833268046",
            "1050784833268047",
            "198.51.100.7",
            "1234567",
            Map.of("x:album", "\",\"data\":{\"a\":1}"),
            Map.of("note", "line\u0001\n\\ \uD83D\uDE00"),
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, "https://k", "1.0"));
    return event("5CF3E7821AB22D0FDB86704D", EventType.OBJECT_UPLOADED_V1, null, data);
  }

  /** Thumbnails of it. */
  public static CloudEvent<ObjectThumbnailed> thumbnailed() {
    ObjectThumbnailed data =
        new ObjectThumbnailed(
            BUCKET,
            KEY,
            "5D41402ABC4B2A76B9719D911017C592",
            4032,
            3024,
            "jpeg",
            List.of(
                new ObjectThumbnailed.Thumbnail(
                    "small", BUCKET, "thumbnails/x.webp", "image/webp", 128, 96, 2048)),
            "IBgKFYI2WHeHeId/g4h4iHeHCA==");
    return event(
        "thumbnailed-1", EventType.OBJECT_THUMBNAILED_V1, "5CF3E7821AB22D0FDB86704D", data);
  }

  /** Its deletion. */
  public static CloudEvent<ObjectDeleted> deleted() {
    Instant seen = Instant.parse("2026-11-22T10:00:00Z");
    return event(
        "gone-1",
        EventType.OBJECT_DELETED_V1,
        "5CF3E7821AB22D0FDB86704D",
        ObjectDeleted.notFound(BUCKET, KEY, seen));
  }

  /** An upload that could not be tied to an object. */
  public static CloudEvent<ObjectUploaded> ofUnknownObject() {
    CloudEvent<ObjectUploaded> known = uploaded();
    return new CloudEvent<>(
        known.id(),
        known.source(),
        known.type(),
        null,
        known.time(),
        known.recordedTime(),
        null,
        known.sequence(),
        known.ingestPath(),
        null,
        known.data());
  }

  private static <T> CloudEvent<T> event(String id, EventType type, String causation, T data) {
    return new CloudEvent<>(
        id,
        "acs:oss:cn-hangzhou:-:" + BUCKET,
        type,
        KEY,
        TIME,
        RECORDED,
        BUCKET + "/" + KEY,
        1795341600123456L,
        IngestPath.CALLBACK,
        causation,
        data);
  }
}
