package quayside.laptop.oss.signature;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.laptop.oss.http.OssException;

/**
 * Verifies the policy of a PostObject form, signed V1 ({@code OSSAccessKeyId}, {@code Signature})
 * or V4 ({@code x-oss-*} fields). Thread-safe.
 */
public final class PolicyVerifier {
  /** Protocol document, 5.1: a V4 policy may not outlive its date by more. */
  private static final Duration MAX_VALIDITY = Duration.ofDays(7);

  private final KeyRing keys;
  private final String region;
  private final Clock clock;
  private final SignedTimes times;

  public PolicyVerifier(KeyRing keys, String region, Clock clock) {
    this.keys = keys;
    this.region = region;
    this.clock = clock;
    this.times = new SignedTimes(clock);
  }

  /**
   * Verifies.
   *
   * @param form field values by lower-case name, with {@code bucket} and the final {@code key}
   *     filled in
   * @throws OssException {@code AccessDenied}, {@code InvalidAccessKeyId}, {@code
   *     SignatureDoesNotMatch}, {@code InvalidPolicyDocument}, {@code InvalidArgument}
   */
  public VerifiedPolicy verify(Map<String, String> form) {
    String encoded = form.get("policy");
    if (encoded == null) {
      throw OssException.accessDenied(
          "You have no right to access this object because of bucket acl.");
    }
    boolean v4 = form.containsKey("x-oss-signature-version");
    if (v4) {
      requireV4Signature(form, encoded);
    } else {
      requireV1Signature(form, encoded);
    }
    PostPolicy policy = PostPolicy.parse(encoded);
    if (clock.instant().isAfter(policy.expiration())) {
      throw OssException.accessDenied("Invalid according to Policy: Policy expired.");
    }
    if (v4) {
      requirePinned(policy, form);
    }
    policy.conditions().forEach(condition -> condition.require(form));
    return new VerifiedPolicy(policy);
  }

  private void requireV1Signature(Map<String, String> form, String encoded) {
    Credentials signer = keys.find(field(form, "ossaccesskeyid"), token(form));
    requireSame(
        SignatureV1.sign(signer.accessKeySecret(), encoded),
        field(form, "signature"),
        signer,
        encoded);
  }

  private void requireV4Signature(Map<String, String> form, String encoded) {
    if (!field(form, "x-oss-signature-version").equals(SignatureV4.ALGORITHM)) {
      throw OssException.invalidArgument(
          "x-oss-signature-version must be " + SignatureV4.ALGORITHM + ".");
    }
    String date = field(form, "x-oss-date");
    CredentialScope scope = CredentialScope.parse(field(form, "x-oss-credential"));
    Instant signed = SignedTimes.parseBasic(date);
    scope.requireFor(date, region);
    if (signed.isAfter(clock.instant())) {
      times.requireRecent(signed);
    }
    Credentials signer = keys.find(scope.accessKeyId(), token(form));
    String computed = SignatureV4.sign(signer.accessKeySecret(), scope, encoded);
    requireSame(computed, field(form, "x-oss-signature"), signer, encoded);
  }

  private static void requireSame(
      String computed, String given, Credentials signer, String policy) {
    if (!Hmac.same(computed, given)) {
      throw new OssException(
              403,
              "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided."
                  + " Check your key and signing method.")
          .with("OSSAccessKeyId", signer.accessKeyId())
          .with("SignatureProvided", given)
          .with("StringToSign", policy);
    }
  }

  /**
   * A V4 policy must repeat the fields it is signed with, and may be valid for seven days from its
   * date.
   */
  private static void requirePinned(PostPolicy policy, Map<String, String> form) {
    for (String field :
        List.of(
            "x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-security-token")) {
      boolean pinned =
          policy.conditions().stream()
              .anyMatch(c -> c instanceof PolicyCondition.OnField on && on.field().equals(field));
      if (form.containsKey(field) && !pinned) {
        throw PostPolicy.invalid("it must contain a condition for " + field + ".");
      }
    }
    Instant signed = SignedTimes.parseBasic(field(form, "x-oss-date"));
    if (policy.expiration().isAfter(signed.plus(MAX_VALIDITY))) {
      throw PostPolicy.invalid("expiration must be at most 7 days after x-oss-date.");
    }
  }

  private static Optional<String> token(Map<String, String> form) {
    return Optional.ofNullable(form.get("x-oss-security-token"));
  }

  private static String field(Map<String, String> form, String name) {
    String value = form.get(name);
    if (value == null) {
      throw OssException.invalidArgument("The form must contain the field " + name + ".")
          .with("ArgumentName", name);
    }
    return value;
  }
}
