package quayside.grant.signature;

import java.util.Set;

/** What a presigned URL does. Which it is stands in its method and query, so both are checked. */
public enum UploadOperation {
  /** The whole object in one request. */
  PUT_OBJECT("PUT", Set.of(), Set.of("callback", "callback-var")),
  /** Begins an upload in parts; the answer names it. */
  INITIATE_MULTIPART_UPLOAD("POST", Set.of("uploads"), Set.of()),
  /** One part. */
  UPLOAD_PART("PUT", Set.of("partNumber", "uploadId"), Set.of()),
  /** Makes the object of its parts. */
  COMPLETE_MULTIPART_UPLOAD("POST", Set.of("uploadId"), Set.of("callback", "callback-var")),
  /** Forgets the parts. */
  ABORT_MULTIPART_UPLOAD("DELETE", Set.of("uploadId"), Set.of());

  private final String method;
  private final Set<String> needed;
  private final Set<String> allowed;

  UploadOperation(String method, Set<String> needed, Set<String> allowed) {
    this.method = method;
    this.needed = needed;
    this.allowed = allowed;
  }

  /** The HTTP method. */
  String method() {
    return method;
  }

  /**
   * Looks at the parameters of a query.
   *
   * @throws IllegalArgumentException when it would be the query of something else
   */
  void requireQuery(Set<String> names) {
    for (String name : needed) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("query parameter " + name + " is missing");
      }
    }
    for (String name : names) {
      if (!needed.contains(name) && !allowed.contains(name)) {
        throw new IllegalArgumentException("query parameter " + name + " must not be there");
      }
    }
  }
}
