package quayside.laptop.oss.http;

import java.util.Optional;

/**
 * Lets a page of any origin upload directly: the stand-in behaves like a bucket whose CORS rules
 * allow everything. Real buckets need such rules configured. Stateless.
 */
public final class Cors {
  static final String EXPOSED =
      "ETag, Content-Length, Content-Type, Last-Modified, x-oss-request-id, x-oss-hash-crc64ecma, x-oss-ec, x-oss-err";

  /** Seconds a browser may remember the answer. */
  private static final String MAX_AGE = "600";

  private Cors() {}

  /** Answers a preflight (an OPTIONS request); the edge adds the allowed origin. */
  public static OssResponse preflight(OssRequest request) {
    Optional<String> origin = request.header("origin");
    Optional<String> method = request.header("access-control-request-method");
    if (origin.isEmpty() || method.isEmpty()) {
      throw OssException.invalidArgument("Insufficient information. Origin request header needed.");
    }
    OssResponse response =
        OssResponse.empty(200)
            .with("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE, HEAD")
            .with("Access-Control-Max-Age", MAX_AGE);
    request
        .header("access-control-request-headers")
        .ifPresent(h -> response.with("Access-Control-Allow-Headers", h));
    return response;
  }
}
