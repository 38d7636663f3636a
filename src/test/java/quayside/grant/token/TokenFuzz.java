package quayside.grant.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quayside.fuzz.Bounded;

/**
 * Grant tokens. An input that begins with {@code T} is a token as it came: accepted must be the
 * genuine one and nothing else ({@code @GRANT@} stands for it). With {@code P} the rest is a
 * payload that is signed with our key: it must be a grant, or be refused.
 */
public final class TokenFuzz {
  private static final GrantScenario SCENARIO = new GrantScenario();
  private static final String GENUINE = SCENARIO.token();

  /** With the fuzzer's slack it covers its tracing of regular expressions, 1.2 KB a character. */
  private static final long BYTES_PER_CHARACTER = 200;

  private TokenFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    if (input[0] == 'P') {
      signedPayload(rest);
    } else {
      token(new String(rest, ISO_8859_1).replace("@GRANT@", GENUINE));
    }
  }

  private static void token(String token) {
    Optional<VerifiedGrant> verified = verify(token);
    if (verified.isPresent() != token.equals(GENUINE)) {
      throw new AssertionError((verified.isPresent() ? "forged: " : "not accepted: ") + token);
    }
    String redacted =
        Bounded.allocation(
            1 << 16, BYTES_PER_CHARACTER, token.length(), () -> TokenText.redact(token));
    if (redacted.contains(GENUINE) || !TokenText.redact(redacted).equals(redacted)) {
      throw new AssertionError("still to be seen: " + redacted);
    }
  }

  private static void signedPayload(byte[] payload) {
    String signed = "q1.k1." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
    verify(signed + "." + mac(signed))
        .ifPresent(verified -> {
          Grant grant = verified.grant();
          if (!grant.equals(GrantPayload.read(GrantPayload.write(grant)))) {
            throw new AssertionError("comes back as another: " + grant);
          }
          if (!grant.bucket().equals(SCENARIO.upload.bucket())
              || !grant.keys().contains(SCENARIO.upload.key())
              || grant.maxSizeBytes() < SCENARIO.upload.sizeBytes()
              || !grant.expires().isAfter(GrantScenario.NOW)) {
            throw new AssertionError("does not cover the upload: " + grant);
          }
        });
  }

  private static Optional<VerifiedGrant> verify(String token) {
    return Bounded.allocation(
        1 << 16,
        BYTES_PER_CHARACTER,
        token.length(),
        () -> {
          try {
            return Optional.of(SCENARIO.verify(token));
          } catch (GrantRefusedException e) {
            return Optional.empty();
          }
        });
  }

  private static String mac(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(GrantScenario.SECRET.getBytes(US_ASCII), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(signed.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
