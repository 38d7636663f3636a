package quayside.grant.signature;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A request that anybody may send who holds it.
 *
 * @param url with the signature
 * @param headers to send exactly; the signature covers them
 * @param expires when OSS begins to refuse it
 */
public record PresignedRequest(URI url, Map<String, String> headers, Instant expires) {
  public PresignedRequest {
    headers = Map.copyOf(headers);
  }
}
