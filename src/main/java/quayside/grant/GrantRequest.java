package quayside.grant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for. Everything may be missing but the key or the prefix.
 *
 * @param bucket where to; the configured default when missing
 * @param key the object's key; this or {@code prefix}
 * @param prefix what its key begins with: we add something random, and for a form the name of the
 *     file
 * @param contentTypes what may be uploaded, such as {@code image/png}; anything when missing
 * @param maxSize bytes at most; the bucket's limit when missing
 * @param method form (default), presigned URL, or multipart
 * @param signatureVersion {@code v4} (default) or {@code v1}
 * @param variables custom variables, which arrive in the event; names in lower case, without {@code
 *     x:}
 * @param subject in whose name; the caller's own when missing
 * @param expiresIn seconds until the upload must have begun; the configured default when missing
 */
@RegisterForReflection
public record GrantRequest(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String prefix,
    @Nullable List<String> contentTypes,
    @Nullable Long maxSize,
    @Nullable UploadMethod method,
    @Nullable RequestedVersion signatureVersion,
    @Nullable Map<String, String> variables,
    @Nullable String subject,
    @Nullable Long expiresIn) {

  /** Spelling of the signature versions in requests. */
  public enum RequestedVersion {
    /** Version 1. */
    @JsonProperty("v1")
    V1,
    /** Version 4. */
    @JsonProperty("v4")
    V4
  }
}
