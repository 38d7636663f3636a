package quayside.laptop.oss.http;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request as it came, with what the edge worked out about it. The body is a stream to be read
 * once; everything else is immutable.
 *
 * @param method upper-case method
 * @param host the Host header, possibly empty
 * @param address bucket and key
 * @param query decoded query
 * @param headers lower-case names; values in the order they came, trimmed
 * @param body the request body, never null, empty when there is none
 * @param bodyLength its length in bytes, or -1 when chunked
 * @param clientIp the uploader's address
 * @param requestId this request's id, see {@link RequestIds}
 */
public record OssRequest(
    String method,
    String host,
    Address address,
    Query query,
    Map<String, List<String>> headers,
    InputStream body,
    long bodyLength,
    String clientIp,
    String requestId) {

  public OssRequest {
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  /** The header's values joined with commas. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /** The bucket; only for operations the router calls for a bucket. */
  public String bucket() {
    return Objects.requireNonNull(address.bucket(), "request has no bucket");
  }

  /** The key; only for operations the router calls for an object. */
  public String key() {
    return Objects.requireNonNull(address.key(), "request has no key");
  }

  /** The same request read as being about something else. */
  public OssRequest at(Address other) {
    return new OssRequest(
        method, host, other, query, headers, body, bodyLength, clientIp, requestId);
  }

  @Override
  public String toString() {
    return method + " " + address + " requestId=" + requestId;
  }
}
