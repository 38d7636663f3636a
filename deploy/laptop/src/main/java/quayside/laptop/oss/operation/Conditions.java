package quayside.laptop.oss.operation;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.store.StoredObject;

/** The {@code If-*} headers of a GET or HEAD (RFC 9110, 13.2.2: ETags win over dates). */
record Conditions(
    Optional<String> ifMatch,
    Optional<String> ifNoneMatch,
    Optional<Instant> ifUnmodifiedSince,
    Optional<Instant> ifModifiedSince) {

  /** What to answer. */
  enum Outcome {
    SEND,
    NOT_MODIFIED
  }

  static Conditions of(OssRequest request) {
    return new Conditions(
        request.header("if-match"),
        request.header("if-none-match"),
        request.header("if-unmodified-since").flatMap(HttpDates::parse),
        request.header("if-modified-since").flatMap(HttpDates::parse));
  }

  /**
   * Decides.
   *
   * @throws OssException {@code PreconditionFailed}
   */
  Outcome check(StoredObject object) {
    boolean matches = ifMatch.map(etags -> names(etags, object)).orElse(true);
    boolean old =
        ifMatch.isPresent()
            || ifUnmodifiedSince.map(t -> !object.lastModified().isAfter(t)).orElse(true);
    if (!matches || !old) {
      throw new OssException(
              412,
              "PreconditionFailed",
              "At least one of the pre-conditions you specified did not hold.")
          .with("Condition", matches ? "If-Unmodified-Since" : "If-Match");
    }
    boolean unchanged =
        ifNoneMatch.isPresent()
            ? names(ifNoneMatch.get(), object)
            : ifModifiedSince.map(t -> !object.lastModified().isAfter(t)).orElse(false);
    return unchanged ? Outcome.NOT_MODIFIED : Outcome.SEND;
  }

  private static boolean names(String etags, StoredObject object) {
    return Stream.of(etags.split(","))
        .map(etag -> etag.strip().replace("\"", ""))
        .anyMatch(etag -> etag.equals("*") || etag.equalsIgnoreCase(object.etag()));
  }
}
