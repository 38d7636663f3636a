package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

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

  @Override
  ObjectName name() {
    return name;
  }

  @Override
  EventIdentity identity() {
    return new EventIdentity(eventSource, eventId);
  }
}
