package quayside.signature;

import org.jspecify.annotations.Nullable;

/** What OSS signs in signature version 1.0: {@code decoded path [? raw query] LF body}. */
public final class StringToSign {
  private StringToSign() {}

  /** The string to sign of a request. */
  public static Bytes of(RequestTarget target, Bytes body) {
    return of(target.decodedPath(), target.query(), body);
  }

  /** The string to sign of its parts; a query that is empty but not null has its question mark. */
  public static Bytes of(Bytes decodedPath, @Nullable String query, Bytes body) {
    return Bytes.join(decodedPath, Bytes.utf8(query == null ? "\n" : "?" + query + "\n"), body);
  }
}
