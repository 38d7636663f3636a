package quayside.grant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a caller needs URLs for: the parts of a multipart upload that has begun. Everything must be
 * given.
 *
 * @param token of the grant
 * @param uploadId as OSS answered when the upload began
 * @param parts how many parts there are going to be
 */
@RegisterForReflection
public record PartsRequest(
    @Nullable String token, @Nullable String uploadId, @Nullable Integer parts) {}
