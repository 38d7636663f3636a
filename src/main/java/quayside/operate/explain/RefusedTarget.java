package quayside.operate.explain;

import quayside.signature.SignatureRefusal;

/** Why a request is refused although its signature verifies. */
final class RefusedTarget {
  private RefusedTarget() {}

  static String advice(SignatureRefusal refusal) {
    return switch (refusal) {
      case TARGET_AMBIGUOUS ->
          "Nothing to fix unless OSS itself dials this target. OSS signs the decoded path, then ? and"
              + " the query, then a line feed and the body, without lengths: an escaped ? / # \\ or"
              + " control character (%3F, %2F, %23, %5C, %0A, ...) in the path lets whoever replays a"
              + " callback move bytes between them and steer it to another route. If your callbackUrl"
              + " has such an escape in its path, take it out.";
      case TARGET_NOT_ORIGIN_FORM ->
          "Have the proxy send a path, not a whole URL, in the request line.";
      case TARGET_NOT_PRINTABLE ->
          "Have the proxy pass the escaped target: unescaped spaces, control characters or non-ASCII"
              + " characters arrived.";
      case TARGET_BAD_ESCAPE ->
          "Escape the percent sign in the path of callbackUrl as %25, or take it out.";
      default -> "The request is refused for the reason " + refusal.code() + ".";
    };
  }
}
