package quayside.laptop.oss.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object's record.
 *
 * @param bucket the bucket
 * @param key the full key
 * @param sizeBytes length of the content
 * @param etag upper-case hexadecimal without quotation marks; a multipart one ends in {@code -N}
 *     and is not the MD5
 * @param crc64 unsigned decimal CRC-64/XZ
 * @param contentMd5 the upload's Content-MD5 header, or null when it had none
 * @param headers what the uploader attached
 * @param lastModified when it was stored, in whole seconds
 * @param type {@code Normal} or {@code Multipart}
 * @param content name of the content file
 */
public record StoredObject(
    String bucket,
    String key,
    long sizeBytes,
    String etag,
    String crc64,
    @Nullable String contentMd5,
    ObjectHeaders headers,
    Instant lastModified,
    String type,
    String content) {

  public StoredObject {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes " + sizeBytes + " is negative");
    }
  }

  public String quotedEtag() {
    return '"' + etag + '"';
  }
}
