package quayside.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@link EventType#OBJECT_UPLOADED_V1}: one upload as the OSS callback described it.
 * Whatever the callback did not say is null, never a guess. Schema: {@code
 * schemas/object-uploaded.v1.schema.json}.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 * @param etag ETag as OSS reports it: upper-case hex without quotation marks; a multipart ETag ends
 *     in {@code -N}
 * @param size object size in bytes
 * @param crc64 CRC-64 of the object, an unsigned 64-bit decimal as text since JSON numbers lose its
 *     precision
 * @param contentMd5 base64 of the MD5 the uploader sent
 * @param mimeType Content-Type stored with the object
 * @param image what OSS found out about an image, or null when it is none
 * @param operation {@code PutObject}, {@code PostObject} or {@code CompleteMultipartUpload}
 * @param requestId request id of the upload
 * @param owner account id of the bucket owner; from an unsigned header
 * @param requester account id of the uploader; from an unsigned header
 * @param clientIp the uploader's address as OSS saw it
 * @param vpcId VPC of the uploader
 * @param variables the custom variables, by the name the callback body gave them
 * @param fields body fields that map to nothing, verbatim
 * @param verification how far the event can be trusted
 */
@JsonPropertyOrder({
  "bucket",
  "key",
  "etag",
  "size",
  "crc64",
  "contentMd5",
  "mimeType",
  "image",
  "operation",
  "requestId",
  "owner",
  "requester",
  "clientIp",
  "vpcId",
  "variables",
  "fields",
  "verification"
})
public record ObjectUploaded(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String etag,
    @Nullable Long size,
    @Nullable String crc64,
    @Nullable String contentMd5,
    @Nullable String mimeType,
    @Nullable Image image,
    @Nullable String operation,
    @Nullable String requestId,
    @Nullable String owner,
    @Nullable String requester,
    @Nullable String clientIp,
    @Nullable String vpcId,
    Map<String, String> variables,
    Map<String, String> fields,
    Verification verification) {

  public ObjectUploaded {
    if (size != null && size < 0) {
      throw new IllegalArgumentException("size: " + size + " is negative");
    }
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** True when the event names the object it is about; sinks skip and count the others. */
  public boolean namesObject() {
    return bucket != null && key != null;
  }

  /**
   * True when nothing is said that only a callback can say: it is what a look at the bucket shows.
   */
  public boolean bare() {
    return operation == null
        && requestId == null
        && owner == null
        && requester == null
        && clientIp == null
        && vpcId == null
        && variables.isEmpty()
        && fields.isEmpty();
  }

  /** The same upload, of which it is said that it breaks rules. */
  public ObjectUploaded withViolations(List<String> codes) {
    Verification marked =
        new Verification(
            verification.level(),
            verification.keyUrl(),
            verification.signatureVersion(),
            verification.grantId(),
            verification.subject(),
            codes);
    return new ObjectUploaded(
        bucket,
        key,
        etag,
        size,
        crc64,
        contentMd5,
        mimeType,
        image,
        operation,
        requestId,
        owner,
        requester,
        clientIp,
        vpcId,
        variables,
        fields,
        marked);
  }

  /** The same upload, of which it is said by whom and with what: nothing, or something else. */
  public ObjectUploaded withUploader(
      @Nullable String otherRequester,
      @Nullable String otherClientIp,
      @Nullable String otherVpcId,
      Map<String, String> otherVariables,
      Map<String, String> otherFields) {
    return new ObjectUploaded(
        bucket,
        key,
        etag,
        size,
        crc64,
        contentMd5,
        mimeType,
        image,
        operation,
        requestId,
        owner,
        otherRequester,
        otherClientIp,
        otherVpcId,
        otherVariables,
        otherFields,
        verification);
  }

  /**
   * What OSS found out about an image.
   *
   * @param width pixels
   * @param height pixels
   * @param format such as {@code jpg} or {@code png}
   */
  @JsonPropertyOrder({"width", "height", "format"})
  public record Image(@Nullable Integer width, @Nullable Integer height, @Nullable String format) {}

  /**
   * How far the event can be trusted, and by what.
   *
   * @param level the level reached
   * @param keyUrl the URL under which the verifying public key is known, or null when no signature
   *     was involved
   * @param signatureVersion the OSS callback signature version, or null likewise
   * @param grantId the grant that allowed the upload, or null when none was involved
   * @param subject for whom it was granted, or null likewise
   * @param violations codes of the receiver's rules that the upload breaks and that mark instead of
   *     refusing; left out of the JSON when there are none
   */
  @JsonPropertyOrder({"level", "keyUrl", "signatureVersion", "grantId", "subject", "violations"})
  public record Verification(
      VerificationLevel level,
      @Nullable String keyUrl,
      @Nullable String signatureVersion,
      @Nullable String grantId,
      @Nullable String subject,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> violations) {

    // Jackson gives null for what events of earlier versions do not have.
    @SuppressWarnings("ConstantValue")
    public Verification {
      violations = violations == null ? List.of() : List.copyOf(violations);
    }

    /** Without a grant. */
    public Verification(
        VerificationLevel level, @Nullable String keyUrl, @Nullable String signatureVersion) {
      this(level, keyUrl, signatureVersion, null, null, List.of());
    }
  }
}
