package quayside.console.live;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventAttributes;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.InvalidEventException;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;
import quayside.sink.EffectBatch;
import quayside.sink.timeline.TimelineEntry;
import quayside.sink.timeline.TimelineRecord;

/** Records of the feed, as a poll has them. */
final class Records {
  static final String UPLOADED = "oss.object.uploaded.v1";
  static final String THUMBNAILED = "oss.object.thumbnailed.v1";
  static final String EFFECTS = "quayside.effects.v1";
  static final Instant RECEIVED = Instant.parse("2026-11-28T08:00:00Z");
  private static final EventCodec<ObjectUploaded> UPLOADS = EventCodec.objectUploaded();
  private static final EventCodec<ObjectThumbnailed> THUMBNAILS = EventCodec.objectThumbnailed();

  private Records() {}

  static CloudEvent<ObjectUploaded> upload(String id, String key, Map<String, String> variables) {
    ObjectUploaded data =
        new ObjectUploaded(
            "uploads",
            key,
            "E1",
            4711L,
            null,
            null,
            "image/png",
            new ObjectUploaded.Image(3, 2, "png"),
            null,
            null,
            null,
            null,
            null,
            null,
            variables,
            Map.of(),
            new ObjectUploaded.Verification(VerificationLevel.GRANT, null, null));
    return event(id, EventType.OBJECT_UPLOADED_V1, key, null, data);
  }

  private static <T> CloudEvent<T> event(
      String id, EventType type, String key, @Nullable String cause, T data) {
    return new CloudEvent<>(
        id,
        "acs:oss:-:-:uploads",
        type,
        key,
        RECEIVED.minusSeconds(1),
        RECEIVED,
        "uploads/" + key,
        1,
        IngestPath.CALLBACK,
        cause,
        data);
  }

  /** The record of an upload, so long after it was received. */
  static FeedRecord uploaded(String id, String key, long millis) {
    CloudEvent<ObjectUploaded> event = upload(id, key, Map.of("x:album", "holidays"));
    return record(
        UPLOADED, millis, event.partitionKey(), UPLOADS.headers(event), UPLOADS.value(event));
  }

  /** The record of a dead letter of it. */
  static FeedRecord deadLetter(String id, String key, long millis) {
    CloudEvent<ObjectUploaded> event = upload(id, key, Map.of());
    Map<String, String> headers = new LinkedHashMap<>(UPLOADS.headers(event));
    headers.put("dead-letter-cause", "image-empty");
    headers.put("dead-letter-sink", "thumbnail");
    String topic = UPLOADED + ".quayside-thumbnail.dlq";
    return record(topic, millis, event.partitionKey(), headers, UPLOADS.value(event));
  }

  /** The record of thumbnails that an upload caused. */
  static FeedRecord thumbnailed(String id, String cause, String key, long millis) {
    Thumbnail small =
        new Thumbnail("small", "uploads", "thumbnails/E1/small.webp", "image/webp", 3, 2, 99);
    CloudEvent<ObjectThumbnailed> event =
        event(
            id,
            EventType.OBJECT_THUMBNAILED_V1,
            key,
            cause,
            new ObjectThumbnailed("uploads", key, "E1", 3, 2, "png", List.of(small)));
    return record(
        THUMBNAILED,
        millis,
        event.partitionKey(),
        THUMBNAILS.headers(event),
        THUMBNAILS.value(event));
  }

  /** The record of what one event came to in a consumer of a sink. */
  static FeedRecord effect(String id, EventType type, String key, String sink, long millis) {
    return record(EFFECTS, millis, null, Map.of(), effects(id, type, key, sink, millis));
  }

  /** The value of a record that tells of an upload in the catalog. */
  static byte[] effects(String id, String key) {
    return effects(id, EventType.OBJECT_UPLOADED_V1, key, "catalog", 0);
  }

  private static byte[] effects(String id, EventType type, String key, String sink, long millis) {
    return """
    {"sink":"%s","time":"%s","effects":[\
    {"bucket":"uploads","key":"%s","eventId":"%s","eventType":"%s","outcome":"applied"}]}\
    """
        .formatted(sink, RECEIVED.plusMillis(millis), key, id, type.ceType())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static FeedRecord record(
      String topic, long millis, @Nullable String key, Map<String, String> headers, byte[] value) {
    EventAttributes attributes = EventAttributes.of(headers::get, value);
    TimelineRecord record =
        new TimelineRecord(
            new TimelineEntry.Place(topic, 3, 41, 0),
            RECEIVED.plusMillis(millis),
            key,
            headers::get,
            attributes,
            () -> EffectBatch.read(value));
    return new FeedRecord(
        record,
        () -> read(UPLOADS, attributes, headers, value),
        () -> read(THUMBNAILS, attributes, headers, value));
  }

  private static <T> Optional<CloudEvent<T>> read(
      EventCodec<T> codec, EventAttributes attributes, Map<String, String> headers, byte[] value) {
    try {
      return codec.type().ceType().equals(attributes.get("type"))
          ? Optional.of(codec.read(headers::get, value))
          : Optional.empty();
    } catch (InvalidEventException e) {
      return Optional.empty();
    }
  }
}
