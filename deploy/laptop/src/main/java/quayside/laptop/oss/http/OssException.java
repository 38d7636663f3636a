package quayside.laptop.oss.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A refusal that reaches the client as an OSS error document. Carries the HTTP status, OSS's error
 * code, the message and further elements of the document in order ({@code EC} among them). Never
 * holds a secret.
 */
public final class OssException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> details = new LinkedHashMap<>();

  public OssException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** A {@code 400 InvalidArgument}, the commonest refusal. */
  public static OssException invalidArgument(String message) {
    return new OssException(400, "InvalidArgument", message);
  }

  /** A {@code 403 AccessDenied}. */
  public static OssException accessDenied(String message) {
    return new OssException(403, "AccessDenied", message);
  }

  /** Adds one element to the error document; an element given twice keeps the last value. */
  public OssException with(String element, String text) {
    details.put(element, text);
    return this;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Map<String, String> details() {
    return Map.copyOf(details);
  }

  /** The error document; {@code hostId} is the host the client asked. */
  public String toXml(String requestId, String hostId) {
    var xml =
        new Xml("Error").text("Code", code).text("Message", Objects.requireNonNull(getMessage()));
    xml.text("RequestId", requestId).text("HostId", hostId);
    details.forEach(xml::text);
    return xml.end();
  }
}
