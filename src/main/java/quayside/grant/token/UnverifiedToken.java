package quayside.grant.token;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token taken apart but not believed.
 *
 * @param signedText everything the mac covers
 * @param keyId which key is said to have signed
 * @param payload the grant in base64url
 * @param mac the code in base64url
 */
record UnverifiedToken(String signedText, String keyId, String payload, String mac) {
  static final String VERSION = "q1";

  /**
   * Characters a token may have. The largest grant (a key of 1,023 bytes, eight long content types)
   * needs about 3,000; the usual one 250.
   */
  static final int MAX_LENGTH = 3200;

  // 32 bytes of mac are 43 characters. Possessive, so hostile texts cannot make it go back and
  // forth.
  private static final Pattern FORM =
      Pattern.compile(
          "("
              + VERSION
              + "\\.([A-Za-z0-9_-]{1,32}+)\\.([A-Za-z0-9_-]{1,3200}+))\\.([A-Za-z0-9_-]{43})");

  static UnverifiedToken parse(String token) throws GrantRefusedException {
    Matcher form = FORM.matcher(token);
    if (token.length() > MAX_LENGTH || !form.matches()) {
      throw new GrantRefusedException(GrantRefusal.MALFORMED);
    }
    return new UnverifiedToken(form.group(1), form.group(2), form.group(3), form.group(4));
  }

  /** The grant inside; ask only after the mac has been checked. */
  Grant grant() throws GrantRefusedException {
    try {
      return GrantPayload.read(Base64.getUrlDecoder().decode(payload));
    } catch (IllegalArgumentException e) {
      throw new GrantRefusedException(GrantRefusal.MALFORMED);
    }
  }
}
