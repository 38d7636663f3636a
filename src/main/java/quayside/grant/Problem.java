package quayside.grant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem document, RFC 9457, with the extension member {@code reason}.
 *
 * @param type a URI that names the kind of problem
 * @param title the kind in words
 * @param status HTTP status
 * @param detail what is wrong with this request
 * @param reason stable code
 */
// Nobody but an exception mapper names it, where the framework does not look for what Jackson
// writes.
@RegisterForReflection
public record Problem(String type, String title, int status, String detail, String reason) {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "https://quayside.io/problems/";

  static Problem of(IssueRefusal refusal, String detail) {
    return new Problem(
        TYPES + refusal.code(), refusal.title(), refusal.status(), detail, refusal.code());
  }
}
