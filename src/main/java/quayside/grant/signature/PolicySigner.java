package quayside.grant.signature;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs PostObject policies. What is signed is the Base64 text of the document. Thread-safe. */
public final class PolicySigner {
  private static final String TOKEN_FIELD = "x-oss-security-token";

  private final OssAddress address;
  private final String region;
  private final Credentials credentials;
  private final Clock clock;

  /**
   * A signer for one endpoint.
   *
   * @param region such as {@code cn-hangzhou}
   */
  public PolicySigner(OssAddress address, String region, Credentials credentials, Clock clock) {
    this.address = address;
    this.region = region;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Signs one policy, from now on. */
  public SignedPolicy sign(PolicyToSign policy, SignatureVersion version) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(policy.validity());
    Map<String, String> fields =
        switch (version) {
          case V4 -> signV4(policy, now, expires);
          case V1 -> signV1(policy, expires);
        };
    return new SignedPolicy(address.bucketUrl(policy.bucket()), fields, expires);
  }

  /** V4 wants a condition for each of its own fields but the signature. */
  private Map<String, String> signV4(PolicyToSign policy, Instant now, Instant expires) {
    CredentialScope scope = CredentialScope.ofOss(now, region);
    Map<String, String> pinned = new LinkedHashMap<>();
    pinned.put("x-oss-signature-version", SignatureV4.ALGORITHM);
    pinned.put("x-oss-credential", scope.credential(credentials.accessKeyId()));
    pinned.put("x-oss-date", scope.date());
    addToken(pinned);
    String encoded = policy.with(equal(pinned)).encoded(expires);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("policy", encoded);
    fields.putAll(pinned);
    fields.put("x-oss-signature", SignatureV4.sign(scope, credentials.accessKeySecret(), encoded));
    return fields;
  }

  private Map<String, String> signV1(PolicyToSign policy, Instant expires) {
    Map<String, String> pinned = new LinkedHashMap<>();
    addToken(pinned);
    String encoded = policy.with(equal(pinned)).encoded(expires);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("policy", encoded);
    fields.put("OSSAccessKeyId", credentials.accessKeyId());
    fields.putAll(pinned);
    fields.put("Signature", SignatureV1.sign(credentials.accessKeySecret(), encoded));
    return fields;
  }

  private void addToken(Map<String, String> fields) {
    @Nullable String token = credentials.securityToken();
    if (token != null) {
      fields.put(TOKEN_FIELD, token);
    }
  }

  private static List<PolicyCondition> equal(Map<String, String> fields) {
    List<PolicyCondition> conditions = new ArrayList<>();
    fields.forEach((field, value) -> conditions.add(new PolicyCondition.Equal(field, value)));
    return conditions;
  }
}
