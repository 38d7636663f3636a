package quayside.callback;

/**
 * A request that claims to be a callback, exactly as it was received. Nothing in it can be relied
 * on.
 *
 * @param target the request target
 * @param headers the headers of interest
 * @param body the raw body
 */
record UnverifiedCallback(RequestTarget target, CallbackHeaders headers, Bytes body) {

  /** What OSS signs in signature version 1.0: {@code decoded path [? raw query] LF body}. */
  Bytes signedBytes() {
    String query = target.query() == null ? "" : "?" + target.query();
    return Bytes.join(target.decodedPath(), Bytes.utf8(query + "\n"), body);
  }
}
