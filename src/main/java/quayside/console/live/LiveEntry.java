package quayside.console.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.sink.timeline.TimelineEntry;
import quayside.sink.timeline.TimelineKind;

/**
 * Something that happened to an object just now: an entry of its timeline, and what a list of
 * uploads shows beside it. What is null is left out of the JSON.
 *
 * @param at when; RFC 3339
 * @param sink the sink concerned, without which of its consumers it was
 * @param millis from the receipt of the upload to {@code at}, of an upload to its record on Kafka;
 *     null when the upload was not seen
 * @param upload of the event of an upload
 * @param thumbnails of the event that announces them
 */
@JsonPropertyOrder({
  "bucket",
  "key",
  "at",
  "kind",
  "outcome",
  "sink",
  "eventId",
  "eventType",
  "millis",
  "place",
  "upload",
  "thumbnails"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveEntry(
    String bucket,
    String key,
    String at,
    TimelineKind kind,
    @Nullable String outcome,
    @Nullable String sink,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable Long millis,
    TimelineEntry.Place place,
    @Nullable LiveUpload upload,
    @Nullable List<Thumbnail> thumbnails) {

  /** Without what only some kinds have. */
  static LiveEntry of(TimelineEntry.OfObject of, @Nullable Long millis) {
    TimelineEntry entry = of.entry();
    return new LiveEntry(
        of.bucket(),
        of.key(),
        entry.at().toString(),
        entry.kind(),
        entry.outcome(),
        sink(entry.sink()),
        entry.eventId(),
        entry.eventType(),
        millis,
        entry.place(),
        null,
        null);
  }

  /** The same with the upload it tells of. */
  LiveEntry withUpload(@Nullable LiveUpload what) {
    return new LiveEntry(
        bucket, key, at, kind, outcome, sink, eventId, eventType, millis, place, what, thumbnails);
  }

  /** The same with the thumbnails it tells of. */
  LiveEntry withThumbnails(@Nullable List<Thumbnail> what) {
    return new LiveEntry(
        bucket, key, at, kind, outcome, sink, eventId, eventType, millis, place, upload, what);
  }

  /** A sink has a consumer per type of event, such as {@code search-uploaded}. */
  private static @Nullable String sink(@Nullable String consumer) {
    int end = consumer == null ? -1 : consumer.indexOf('-');
    return consumer == null || end < 0 ? consumer : consumer.substring(0, end);
  }
}
