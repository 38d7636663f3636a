package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/** A row of {@code catalog.object} as it is read; it is written by {@link CatalogWriter} alone. */
@NullUnmarked
@Entity
@Immutable
@Table(schema = "catalog", name = "object")
class ObjectEntity extends StoredUpload {
  @EmbeddedId ObjectName name;

  @Column(name = "event_source")
  String eventSource;

  @Column(name = "event_id")
  String eventId;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "live_etag")
  String liveEtag;

  @Column(name = "live_size")
  Long liveSize;

  @Column(name = "disputed_at")
  Instant disputedAt;

  /** The event it is from, to be told again; only of an object that is there. */
  CloudEvent<ObjectUploaded> upload() {
    return event(EventType.OBJECT_UPLOADED_V1, data());
  }

  /** The event that made it a tombstone, to be told again. */
  CloudEvent<ObjectDeleted> deletion() {
    return event(
        EventType.OBJECT_DELETED_V1, ObjectDeleted.notFound(name.bucket(), name.key(), uploadedAt));
  }

  private <T> CloudEvent<T> event(EventType type, T data) {
    return new CloudEvent<>(
        eventId,
        eventSource,
        type,
        name.key(),
        uploadedAt,
        recordedAt,
        name.bucket() + "/" + name.key(),
        sequence,
        IngestPath.RECONCILE,
        null,
        data);
  }

  @Override
  ObjectName name() {
    return name;
  }

  @Override
  EventIdentity identity() {
    return new EventIdentity(eventSource, eventId);
  }
}
