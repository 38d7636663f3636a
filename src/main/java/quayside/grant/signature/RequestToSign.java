package quayside.grant.signature;

import java.time.Duration;
import java.util.Map;

/**
 * A request to be presigned. Immutable.
 *
 * @param operation what it does
 * @param bucket bucket name
 * @param key object key, not encoded
 * @param headers that the client must send as they are: {@code content-type}, {@code content-md5},
 *     {@code x-oss-*}
 * @param query parameters to pin, not encoded: those of the operation
 * @param validity how long the URL is good, in whole seconds, at most seven days (the service's
 *     limit)
 */
public record RequestToSign(
    UploadOperation operation,
    String bucket,
    String key,
    Map<String, String> headers,
    Map<String, String> query,
    Duration validity) {
  /** OSS refuses V4 signatures that live longer. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(7);

  public RequestToSign {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
    if (validity.toSeconds() < 1 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity " + validity + " must be from 1 second to 7 days");
    }
    operation.requireQuery(query.keySet());
    for (String name : headers.keySet()) {
      if (!name.matches("content-type|content-md5|x-oss-[a-z0-9-]+")) {
        throw new IllegalArgumentException("header " + name + " would not be signed");
      }
    }
  }

  /** A PutObject; its query may have {@code callback} and {@code callback-var}. */
  public static RequestToSign put(
      String bucket,
      String key,
      Map<String, String> headers,
      Map<String, String> query,
      Duration validity) {
    return new RequestToSign(UploadOperation.PUT_OBJECT, bucket, key, headers, query, validity);
  }
}
