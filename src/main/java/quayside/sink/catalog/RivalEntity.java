package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code catalog.rival} as it is read; {@link Contradictions} writes it. */
@NullUnmarked
@Entity
@Immutable
@Table(schema = "catalog", name = "rival")
@IdClass(RivalEntity.Key.class)
class RivalEntity extends StoredUpload {
  @Id
  @Column(name = "event_source")
  String eventSource;

  @Id
  @Column(name = "event_id")
  String eventId;

  String bucket;
  String key;

  /** Its primary key. */
  record Key(String eventSource, String eventId) {}

  @Override
  ObjectName name() {
    return new ObjectName(bucket, key);
  }

  @Override
  EventIdentity identity() {
    return new EventIdentity(eventSource, eventId);
  }
}
