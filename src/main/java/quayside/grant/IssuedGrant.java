package quayside.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grant, ready to use.
 *
 * @param id names the grant
 * @param method how to upload
 * @param bucket where to
 * @param key the object's key; ends in <code>${filename}</code>, which OSS fills in, when the
 *     client names the file
 * @param url where to send the form, the object, or the POST without a body that begins a multipart
 *     upload
 * @param fields form fields to send as they are, before the field {@code file}; empty for a
 *     presigned URL
 * @param headers request headers to send as they are; empty for a form
 * @param contentTypes when there are several: the client sends one of them in both fields {@code
 *     content-type} and {@code x-oss-content-type}
 * @param maxSize bytes at most
 * @param expires when the upload must have begun
 * @param curl a command that uploads a file {@code FILE}; of a multipart upload, one that begins it
 * @param token with which the rest of a multipart upload is asked for; else absent
 */
public record IssuedGrant(
    String id,
    UploadMethod method,
    String bucket,
    String key,
    String url,
    Map<String, String> fields,
    Map<String, String> headers,
    List<String> contentTypes,
    long maxSize,
    Instant expires,
    String curl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {
  public IssuedGrant {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    contentTypes = List.copyOf(contentTypes);
  }
}
