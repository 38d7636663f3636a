package quayside.sink.search;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;

/** What events mean for the index; nothing, when they name no object. */
final class EventChanges {

  private EventChanges() {}

  /** An upload: the object has this content now. */
  static Optional<Change> uploaded(CloudEvent<ObjectUploaded> event) {
    ObjectUploaded data = event.data();
    return id(data.bucket(), data.key())
        .map(id ->
            new Change.Upsert(
                id,
                event.sequence(),
                new ObjectDocument(
                    data.etag(),
                    data.size(),
                    data.mimeType(),
                    data.image(),
                    event.time(),
                    data.variables(),
                    data.verification().level(),
                    event.id())));
  }

  /** Thumbnails of one version of an object. */
  static Optional<Change> thumbnailed(CloudEvent<ObjectThumbnailed> event) {
    ObjectThumbnailed data = event.data();
    return id(data.bucket(), data.key())
        .map(id ->
            new Change.Thumbnails(
                id, data.etag(), event.sequence(), event.causationId(), data.thumbnails()));
  }

  /** A deletion: the object is gone. */
  static Optional<Change> deleted(CloudEvent<ObjectDeleted> event) {
    return id(event.data().bucket(), event.data().key())
        .map(id -> new Change.Tombstone(id, event.sequence()));
  }

  private static Optional<ObjectId> id(@Nullable String bucket, @Nullable String key) {
    if (bucket == null || bucket.isEmpty() || key == null || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ObjectId(bucket, key));
  }
}
