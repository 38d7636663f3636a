package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectThumbnailed.Thumbnail;

/**
 * A row of {@code catalog.thumbnails} as it is read; it is written by {@link CatalogWriter} alone.
 */
@NullUnmarked
@Entity
@Immutable
@Table(schema = "catalog", name = "thumbnails")
class ThumbnailsEntity {
  @EmbeddedId ObjectName name;
  String etag;
  Integer width;
  Integer height;
  String format;
  long sequence;

  @Column(name = "causation_id")
  String causationId;

  @Column(name = "event_source")
  String eventSource;

  @Column(name = "event_id")
  String eventId;

  @Column(name = "recorded_at")
  Instant recordedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Thumbnail> thumbnails;

  @Column(name = "thumb_hash")
  String thumbHash;

  /** The event they are from, to be told again; empty when the object is gone. */
  Optional<CloudEvent<ObjectThumbnailed>> event() {
    return width == null
        ? Optional.empty()
        : Optional.of(
            new CloudEvent<>(
                eventId,
                eventSource,
                EventType.OBJECT_THUMBNAILED_V1,
                name.key(),
                recordedAt,
                recordedAt,
                name.bucket() + "/" + name.key(),
                sequence,
                IngestPath.RECONCILE,
                causationId,
                new ObjectThumbnailed(
                    name.bucket(),
                    name.key(),
                    etag,
                    width,
                    height,
                    format,
                    thumbnails,
                    thumbHash)));
  }

  /**
   * True when they were made from the version that the row describes: the same ETag or, where the
   * callback gave none, the same upload event.
   */
  boolean belongTo(ObjectEntity object) {
    return object.etag == null ? object.eventId.equals(causationId) : object.etag.equals(etag);
  }
}
