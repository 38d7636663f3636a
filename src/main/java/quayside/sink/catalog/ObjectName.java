package quayside.sink.catalog;

import jakarta.persistence.Embeddable;

/**
 * What makes two rows the same object.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 */
@Embeddable
record ObjectName(String bucket, String key) {}
