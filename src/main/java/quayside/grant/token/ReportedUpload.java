package quayside.grant.token;

import org.jspecify.annotations.Nullable;

/**
 * What a callback says was uploaded; null where its body does not say.
 *
 * @param bucket bucket name
 * @param key object key
 * @param sizeBytes size of the object
 * @param contentType its Content-Type
 */
public record ReportedUpload(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable Long sizeBytes,
    @Nullable String contentType) {}
