package quayside.operate.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.SignatureHeaders;

/**
 * A request as somebody recorded it.
 *
 * @param name what it is called; empty when it has no name
 * @param method the HTTP method
 * @param target the request target, raw
 * @param headers every header, in order
 * @param body the body
 */
record Capture(String name, String method, String target, List<Header> headers, Bytes body) {

  /** A header in its place; names may repeat. */
  record Header(String name, String value) {}

  Capture {
    headers = List.copyOf(headers);
  }

  /** What stands before the first question mark. */
  String path() {
    int end = target.indexOf('?');
    return end < 0 ? target : target.substring(0, end);
  }

  /** What follows the first question mark; null when there is none. */
  @Nullable String query() {
    int start = target.indexOf('?');
    return start < 0 ? null : target.substring(start + 1);
  }

  /** The same request with another target. */
  Capture withTarget(String other) {
    return new Capture(name, method, other, headers, body);
  }

  /** Every value of a header. */
  List<String> all(String header) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(header))
        .map(Header::value)
        .toList();
  }

  /** The headers of the signature. */
  SignatureHeaders signature() {
    return new SignatureHeaders(
        all("authorization"), all("x-oss-pub-key-url"), all("x-oss-signature-version"));
  }

  /** Shows no header values and no body. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
