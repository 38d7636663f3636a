package quayside.grant.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

  private static final Pattern FORM = form(VERSION, MAX_LENGTH);

  /** A token of a grant. */
  static UnverifiedToken parse(String token) throws GrantRefusedException {
    return parse(token, FORM, MAX_LENGTH);
  }

  /**
   * A token of some version.
   *
   * @param form of {@link #form}
   */
  static UnverifiedToken parse(String token, Pattern form, int maxLength)
      throws GrantRefusedException {
    Matcher matcher = form.matcher(token);
    if (token.length() > maxLength || !matcher.matches()) {
      throw new GrantRefusedException(GrantRefusal.MALFORMED);
    }
    return new UnverifiedToken(
        matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }

  // 32 bytes of mac are 43 characters. Possessive, so hostile texts cannot make it go back and
  // forth.
  static Pattern form(String version, int maxLength) {
    return Pattern.compile(
        "(%s\\.([A-Za-z0-9_-]{1,32}+)\\.([A-Za-z0-9_-]{1,%d}+))\\.([A-Za-z0-9_-]{43})"
            .formatted(version, maxLength));
  }

  /** The key that signed it; compares in a time that does not tell how much was right. */
  GrantKey signer(GrantKeyRing keys) throws GrantRefusedException {
    GrantKey key =
        keys.find(keyId).orElseThrow(() -> new GrantRefusedException(GrantRefusal.UNKNOWN_KEY));
    byte[] expected = key.mac(signedText).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, mac.getBytes(StandardCharsets.US_ASCII))) {
      throw new GrantRefusedException(GrantRefusal.SIGNATURE);
    }
    return key;
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
