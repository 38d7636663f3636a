package quayside.laptop.oss.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object about to be stored: everything but its content.
 *
 * @param etag upper-case hexadecimal, see {@link StoredObject}
 * @param contentMd5 the upload's Content-MD5 header, or null when it had none
 * @param type {@code Normal} or {@code Multipart}
 * @param mayReplace whether an object of that key may be replaced
 */
public record Draft(
    String bucket,
    String key,
    ObjectHeaders headers,
    String etag,
    @Nullable String contentMd5,
    String type,
    boolean mayReplace) {

  StoredObject with(Content content, Instant lastModified) {
    return new StoredObject(
        bucket,
        key,
        content.sizeBytes(),
        etag,
        content.crc64(),
        contentMd5,
        headers,
        lastModified,
        type,
        content.file().getFileName().toString());
  }
}
