package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
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

  @Column(name = "causation_id")
  String causationId;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Thumbnail> thumbnails;

  /**
   * True when they were made from the version that the row describes: the same ETag or, where the
   * callback gave none, the same upload event.
   */
  boolean belongTo(ObjectEntity object) {
    return object.etag == null ? object.eventId.equals(causationId) : object.etag.equals(etag);
  }
}
