package quayside.sink;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The body of every refusal of the sinks' APIs: RFC 9457 problem details and the stable reason.
 *
 * @param type a URI that names the reason
 * @param title short text
 * @param status HTTP status
 * @param detail the rule that was not met
 * @param reason stable code
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "reason"})
public record Problem(String type, String title, int status, String detail, String reason) {
  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "https://quayside.io/problems/";

  /** The problem with this reason. */
  public static Problem of(String reason, String title, int status, String detail) {
    return new Problem(TYPES + reason, title, status, detail, reason);
  }
}
