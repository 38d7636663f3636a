package quayside.laptop.oss.callback;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quayside.laptop.oss.http.Percent;

/**
 * One of the URLs of {@code callbackUrl}, taken apart without decoding anything. A missing scheme
 * means HTTP.
 *
 * @param tls whether to use HTTPS
 * @param host a name or an IPv4 address
 * @param port 1 to 65,535
 * @param rawPath as written, at least {@code /}
 * @param rawQuery as written, empty when there is none; a bare trailing question mark counts as
 *     none
 */
record CallbackTarget(boolean tls, String host, int port, String rawPath, String rawQuery) {
  /**
   * Printable ASCII only: the caller percent-encodes the rest (1.2). No userinfo, no fragment, no
   * IPv6 literal.
   */
  private static final Pattern URL =
      Pattern.compile(
          "(?:(?<scheme>https?)://)?(?<host>[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?"
              + "(?<path>/[\\x21-\\x7e&&[^?#]]*)?(?:\\?(?<query>[\\x21-\\x7e&&[^#]]*))?",
          Pattern.CASE_INSENSITIVE);

  static CallbackTarget parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw CallbackError.URL.refusal();
    }
    boolean tls = "https".equalsIgnoreCase(parts.group("scheme"));
    String path = parts.group("path");
    String query = parts.group("query");
    requireDecodable(path == null ? "/" : path);
    return new CallbackTarget(
        tls,
        parts.group("host"),
        port(parts.group("port"), tls),
        path == null ? "/" : path,
        query == null ? "" : query);
  }

  private static void requireDecodable(String path) {
    try {
      Percent.decodeBytes(path);
    } catch (IllegalArgumentException e) {
      throw CallbackError.URL.refusal();
    }
  }

  private static int port(@Nullable String given, boolean tls) {
    if (given == null) {
      return tls ? 443 : 80;
    }
    int port = Integer.parseInt(given);
    if (port < 1 || port > 65_535) {
      throw CallbackError.URL.refusal();
    }
    return port;
  }

  /** The request target, exactly as signed and sent. */
  String requestTarget() {
    return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
  }

  /** Without the query, which may hold an application's token. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + host + ":" + port + rawPath;
  }
}
