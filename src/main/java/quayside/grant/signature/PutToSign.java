package quayside.grant.signature;

import java.time.Duration;
import java.util.Map;

/**
 * A PutObject to be presigned. Immutable.
 *
 * @param bucket bucket name
 * @param key object key, not encoded
 * @param headers that the client must send as they are: {@code content-type}, {@code content-md5},
 *     {@code x-oss-*}
 * @param query parameters to pin, not encoded: {@code callback}, {@code callback-var}
 * @param validity how long the URL is good, in whole seconds, at most seven days (the service's
 *     limit)
 */
public record PutToSign(
    String bucket,
    String key,
    Map<String, String> headers,
    Map<String, String> query,
    Duration validity) {
  /** OSS refuses V4 signatures that live longer. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(7);

  public PutToSign {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
    if (validity.toSeconds() < 1 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity " + validity + " must be from 1 second to 7 days");
    }
    requireSigned("header", headers, "content-type|content-md5|x-oss-[a-z0-9-]+");
    requireSigned("query parameter", query, "callback|callback-var");
  }

  private static void requireSigned(String what, Map<String, String> given, String signedNames) {
    for (String name : given.keySet()) {
      if (!name.matches(signedNames)) {
        throw new IllegalArgumentException(what + " " + name + " would not be signed");
      }
    }
  }
}
