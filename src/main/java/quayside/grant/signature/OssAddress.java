package quayside.grant.signature;

import java.net.URI;

/**
 * Where uploads go. The same object has three spellings; the signature does not depend on which one
 * is used.
 *
 * @param endpoint scheme, host and port, such as {@code https://oss-cn-hangzhou.aliyuncs.com}
 * @param style where the bucket's name stands
 */
public record OssAddress(URI endpoint, Style style) {

  /** Where the bucket's name stands in a URL. */
  public enum Style {
    /** First label of the host: {@code https://bucket.endpoint/key}. */
    VIRTUAL_HOST,
    /** First segment of the path: {@code http://endpoint/bucket/key}. */
    PATH,
    /** Nowhere: the endpoint is a domain bound to the bucket. */
    CNAME
  }

  public OssAddress {
    String scheme = endpoint.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getRawAuthority() == null) {
      throw new IllegalArgumentException("endpoint " + endpoint + " must be an http or https URL");
    }
    if (endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null || hasPath(endpoint)) {
      throw new IllegalArgumentException(
          "endpoint " + endpoint + " must have scheme, host and port only");
    }
  }

  /** Scheme, host and port of a bucket's URLs. */
  public String origin(String bucket) {
    URI url = bucketUrl(bucket);
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /** Where PostObject forms are sent. */
  URI bucketUrl(String bucket) {
    return objectUrl(bucket, "", "");
  }

  /** The URL of an object with an encoded query, which may be empty. */
  URI objectUrl(String bucket, String key, String rawQuery) {
    String authority = endpoint.getRawAuthority();
    String path = "/" + UriText.encodePath(key);
    String base =
        endpoint.getScheme()
            + "://"
            + switch (style) {
              case VIRTUAL_HOST -> bucket + "." + authority + path;
              case PATH -> authority + "/" + bucket + path;
              case CNAME -> authority + path;
            };
    return URI.create(rawQuery.isEmpty() ? base : base + "?" + rawQuery);
  }

  private static boolean hasPath(URI endpoint) {
    return !endpoint.getRawPath().isEmpty() && !endpoint.getRawPath().equals("/");
  }
}
