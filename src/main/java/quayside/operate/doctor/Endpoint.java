package quayside.operate.doctor;

import java.net.URI;

/**
 * Where callbacks go.
 *
 * @param tls whether by https
 * @param host name or address
 * @param port the port
 * @param target path and query, raw, as in the URL
 */
record Endpoint(boolean tls, String host, int port, String target) {

  /**
   * Reads a callback URL.
   *
   * @throws IllegalArgumentException when OSS could not call it
   */
  static Endpoint of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme();
    if (url.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "url "
              + url
              + ": must be http or https with a host; for example https://up.example/oss/callback");
    }
    boolean tls = scheme.equals("https");
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    return new Endpoint(tls, url.getHost(), port, path + query);
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  Endpoint withTarget(String other) {
    return new Endpoint(tls, host, port, other);
  }

  /** As in the Host header. */
  String authority() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority() + target;
  }
}
