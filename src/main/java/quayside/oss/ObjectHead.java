package quayside.oss;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What OSS says of an object without its content.
 *
 * @param etag upper-case hex without quotation marks, as callbacks write it
 * @param size bytes
 * @param mimeType Content-Type stored with the object
 * @param lastModified one-second resolution
 */
public record ObjectHead(String etag, long size, @Nullable String mimeType, Instant lastModified) {}
