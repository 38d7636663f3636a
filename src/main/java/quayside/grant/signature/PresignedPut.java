package quayside.grant.signature;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A PutObject that anybody may send who holds it.
 *
 * @param url with the signature
 * @param headers to send exactly; the signature covers them
 * @param expires when OSS begins to refuse it
 */
public record PresignedPut(URI url, Map<String, String> headers, Instant expires) {
  public PresignedPut {
    headers = Map.copyOf(headers);
  }
}
