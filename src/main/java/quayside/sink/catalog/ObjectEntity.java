package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code catalog.object} as it is read; it is written by {@link CatalogWriter} alone. */
@NullUnmarked
@Entity
@Immutable
@Table(schema = "catalog", name = "object")
class ObjectEntity {
  @EmbeddedId ObjectName name;
  String etag;
  Long size;
  String crc64;

  @Column(name = "content_md5")
  String contentMd5;

  @Column(name = "mime_type")
  String mimeType;

  @Column(name = "image_width")
  Integer imageWidth;

  @Column(name = "image_height")
  Integer imageHeight;

  @Column(name = "image_format")
  String imageFormat;

  String operation;

  @Column(name = "request_id")
  String requestId;

  String owner;
  String requester;

  @Column(name = "client_ip")
  String clientIp;

  @Column(name = "vpc_id")
  String vpcId;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> variables;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> fields;

  @Column(name = "verification_level")
  String verificationLevel;

  @Column(name = "event_source")
  String eventSource;

  @Column(name = "event_id")
  String eventId;

  long sequence;

  @Column(name = "uploaded_at")
  Instant uploadedAt;

  @Column(name = "recorded_at")
  Instant recordedAt;

  @Column(name = "updated_at")
  Instant updatedAt;
}
