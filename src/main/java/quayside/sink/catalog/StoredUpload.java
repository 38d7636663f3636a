package quayside.sink.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Image;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;

/** What an event said of an object, as it is read from a table; see {@link ObjectColumns}. */
@NullUnmarked
@MappedSuperclass
abstract class StoredUpload {
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

  long sequence;

  @Column(name = "uploaded_at")
  Instant uploadedAt;

  @Column(name = "recorded_at")
  Instant recordedAt;

  String state;

  /** The object it is about. */
  abstract ObjectName name();

  /** The event it is from. */
  abstract EventIdentity identity();

  boolean isDeleted() {
    return ObjectState.DELETED.value().equals(state);
  }

  Image image() {
    return imageWidth == null && imageHeight == null && imageFormat == null
        ? null
        : new Image(imageWidth, imageHeight, imageFormat);
  }

  /** The data of its event, but for what the catalog does not keep of the verification. */
  ObjectUploaded data() {
    return new ObjectUploaded(
        name().bucket(),
        name().key(),
        etag,
        size,
        crc64,
        contentMd5,
        mimeType,
        image(),
        operation,
        requestId,
        owner,
        requester,
        clientIp,
        vpcId,
        variables,
        fields,
        new Verification(level(), null, null));
  }

  private VerificationLevel level() {
    for (VerificationLevel level : VerificationLevel.values()) {
      if (level.value().equals(verificationLevel)) {
        return level;
      }
    }
    return VerificationLevel.SIGNATURE;
  }
}
