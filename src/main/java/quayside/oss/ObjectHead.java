package quayside.oss;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OSS says of an object without its content.
 *
 * @param etag upper-case hex without quotation marks, as callbacks write it
 * @param size bytes
 * @param mimeType Content-Type stored with the object
 * @param lastModified one-second resolution
 * @param metadata user metadata, names in lower case without {@code x-oss-meta-}
 */
public record ObjectHead(
    String etag,
    long size,
    @Nullable String mimeType,
    Instant lastModified,
    Map<String, String> metadata) {

  public ObjectHead {
    metadata = Map.copyOf(metadata);
  }
}
