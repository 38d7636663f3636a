package quayside.laptop.oss.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer. Its length is always known, so nothing is ever sent chunked. The edge adds {@code
 * x-oss-request-id}, {@code Date} and the CORS headers. Built by one thread; the body is closed by
 * the edge.
 */
public final class OssResponse {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final InputStream body;
  private final long bodyLength;
  private String reason = "-";

  private OssResponse(int status, InputStream body, long bodyLength) {
    this.status = status;
    this.body = body;
    this.bodyLength = bodyLength;
  }

  /**
   * An error document. The service repeats it in a header, base64, for HEAD answers, which have no
   * body.
   */
  public static OssResponse error(OssException error, String requestId, String host) {
    String document = error.toXml(requestId, host);
    OssResponse response = xml(error.status(), document);
    response.reason = error.code();
    response.with(
        "x-oss-err", Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)));
    String ec = error.details().get("EC");
    return ec == null ? response : response.with("x-oss-ec", ec);
  }

  public static OssResponse empty(int status) {
    return new OssResponse(status, InputStream.nullInputStream(), 0);
  }

  public static OssResponse xml(int status, String document) {
    return bytes(status, "application/xml", document.getBytes(StandardCharsets.UTF_8));
  }

  public static OssResponse bytes(int status, String contentType, byte[] body) {
    return stream(status, new ByteArrayInputStream(body), body.length)
        .with("Content-Type", contentType);
  }

  /** An answer of {@code bodyLength} bytes; to a HEAD request only the length is sent. */
  public static OssResponse stream(int status, InputStream body, long bodyLength) {
    return new OssResponse(status, body, bodyLength);
  }

  public OssResponse with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** The error code for the log, or a hyphen. */
  String reason() {
    return reason;
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public InputStream body() {
    return body;
  }

  public long bodyLength() {
    return bodyLength;
  }
}
