package quayside.sink.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;
import quayside.event.VerificationLevel;

/** Valid changes for tests; each {@code with} breaks or sets one thing. */
final class Changes {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Changes() {}

  static Change.Upsert upsert(ObjectId id, long version) {
    return new Change.Upsert(id, version, document(version));
  }

  static Change.Tombstone tombstone(ObjectId id, long version) {
    return new Change.Tombstone(id, version);
  }

  static Change.Thumbnails thumbnails(ObjectId id, String etag, long version) {
    return new Change.Thumbnails(
        id, etag, version, "cause-" + version, List.of(thumbnail(version)));
  }

  /** A document of which every field tells its version. */
  static ObjectDocument document(long version) {
    return new ObjectDocument(
        etag(version),
        version,
        "image/jpeg",
        new Image(640, 480, "jpg"),
        NOON.plusSeconds(version),
        Map.of("version", Long.toString(version)),
        VerificationLevel.GRANT,
        eventId(version));
  }

  static String etag(long version) {
    return "ETAG-" + version;
  }

  static String eventId(long version) {
    return "event-" + version;
  }

  static Thumbnail thumbnail(long version) {
    return new Thumbnail(
        "small", "thumbs", "t/" + version + ".webp", "image/webp", 128, 96, version);
  }

  static ObjectDocument uploadedAt(ObjectDocument document, Instant time) {
    return new ObjectDocument(
        document.etag(),
        document.sizeBytes(),
        document.mimeType(),
        document.image(),
        time,
        document.variables(),
        document.verificationLevel(),
        document.eventId());
  }

  static ObjectDocument mimeType(ObjectDocument document, String mimeType) {
    return new ObjectDocument(
        document.etag(),
        document.sizeBytes(),
        mimeType,
        document.image(),
        document.uploadedAt(),
        document.variables(),
        document.verificationLevel(),
        document.eventId());
  }

  static ObjectDocument variables(ObjectDocument document, Map<String, String> variables) {
    return new ObjectDocument(
        document.etag(),
        document.sizeBytes(),
        document.mimeType(),
        document.image(),
        document.uploadedAt(),
        variables,
        document.verificationLevel(),
        document.eventId());
  }

  static ObjectDocument etag(ObjectDocument document, String etag) {
    return new ObjectDocument(
        etag,
        document.sizeBytes(),
        document.mimeType(),
        document.image(),
        document.uploadedAt(),
        document.variables(),
        document.verificationLevel(),
        document.eventId());
  }
}
