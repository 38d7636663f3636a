package quayside.oss;

import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param key object key, decoded
 * @param etag upper-case hex without quotation marks, as callbacks write it
 * @param size bytes
 * @param lastModified one-second resolution
 */
public record ListedObject(String key, String etag, long size, Instant lastModified) {}
