package quayside.laptop.oss.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.laptop.oss.http.OssException;

/** Every kind of condition, kept and broken; expiry; what V4 adds. */
class PolicyVerifierTest {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  final PolicyVerifier verifier =
      new PolicyVerifier(
          new KeyRing(
              List.of(
                  new Credentials("local", "local-secret"), new Credentials("sts", "s", "token"))),
          "cn-hangzhou",
          Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"bucket\":\"uploads\"} | AccessDenied if bucket=other",
        "{\"KEY\":\"dir/a.png\"} | AccessDenied if key=dir/b.png",
        "[\"eq\",\"$key\",\"dir/a.png\"] | AccessDenied if key=dir/a.png2",
        "[\"starts-with\",\"$key\",\"dir/\"] | AccessDenied if key=other/a.png",
        "[\"in\",\"$content-type\",[\"image/png\",\"image/jpeg\"]] | AccessDenied if content-type=text/html",
        "[\"not-in\",\"$cache-control\",[\"no-cache\"]] | AccessDenied if cache-control=no-cache",
        "{\"callback\":\"Y2I=\"} | AccessDenied if callback=b3RoZXI=",
        "{\"x:uid\":\"42\"} | AccessDenied if x:uid=43",
        "[\"starts-with\",\"$x-oss-meta-tag\",\"\"] | passes if x-oss-meta-tag=anything",
        "{\"success_action_status\":201} | AccessDenied if success_action_status=200",
      })
  void condition_holdsForTheFormAndRefusesTheChange(String condition, String expectation) {
    Map<String, String> form = new HashMap<>(form(condition));
    form.put("cache-control", "max-age=60");
    form.put("callback", "Y2I=");
    form.put("x:uid", "42");
    form.put("success_action_status", "201");
    assertThat(code(() -> verifier.verify(form))).isEqualTo("passes");

    String[] change = expectation.split(" if ")[1].split("=", 2);
    form.put(change[0], change[1]);
    assertThat(code(() -> verifier.verify(form))).isEqualTo(expectation.split(" ")[0]);
  }

  @Test
  void fieldTheConditionNames_mayNotBeLeftOut() {
    Map<String, String> form = form("{\"x:uid\":\"42\"}");
    assertThat(code(() -> verifier.verify(form))).isEqualTo("AccessDenied");
  }

  @ParameterizedTest
  @CsvSource({"0, EntityTooSmall", "1, passes", "10, passes", "11, EntityTooLarge"})
  void contentLengthRange_isInclusive(long sizeBytes, String expected) {
    VerifiedPolicy policy = verifier.verify(form("[\"content-length-range\",1,10]"));
    assertThat(code(() -> policy.requireLength(sizeBytes))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"like\",\"$key\",\"x\"]",
        "[\"eq\",\"key\",\"x\"]",
        "[\"eq\",\"$key\"]",
        "[\"in\",\"$key\",\"x\"]",
        "[\"content-length-range\",10,1]",
        "[\"content-length-range\",\"a\",1]",
        "{\"key\":{\"a\":1}}",
        "3",
      })
  void malformedCondition_isRefused(String condition) {
    assertThat(code(() -> verifier.verify(form(condition)))).isEqualTo("InvalidPolicyDocument");
  }

  @Test
  void policyDocument_mustBeBase64OfJsonWithConditionsAndExpiry() {
    for (String policy :
        List.of(
            "***",
            base64("{"),
            base64("{\"expiration\":\"2026-11-22T09:00:00Z\",\"conditions\":[]}"),
            base64("{\"expiration\":\"tomorrow\",\"conditions\":[{\"bucket\":\"b\"}]}"))) {
      assertThat(code(() -> verifier.verify(signed(policy))))
          .as(policy)
          .isEqualTo("InvalidPolicyDocument");
    }
  }

  @Test
  void expiredPolicy_isRefused_andTheLastMomentIsNot() {
    assertThat(
            code(() ->
                verifier.verify(signed(policy("{\"bucket\":\"uploads\"}", NOW.minusMillis(1))))))
        .isEqualTo("AccessDenied");
    assertThat(code(() -> verifier.verify(signed(policy("{\"bucket\":\"uploads\"}", NOW)))))
        .isEqualTo("passes");
  }

  @Test
  void unsignedForm_isRefused() {
    assertThat(code(() -> verifier.verify(Map.of("key", "k", "bucket", "uploads"))))
        .isEqualTo("AccessDenied");
  }

  @Test
  void stsCredential_needsItsToken() {
    String policy = policy("{\"bucket\":\"uploads\"}", NOW.plusSeconds(60));
    var form =
        new HashMap<>(
            Map.of("policy", policy, "ossaccesskeyid", "sts", "bucket", "uploads", "key", "k"));
    form.put("signature", SignatureV1.sign("s", policy));
    assertThat(code(() -> verifier.verify(form))).isEqualTo("InvalidSecurityToken");
    form.put("x-oss-security-token", "token");
    assertThat(code(() -> verifier.verify(form))).isEqualTo("passes");
  }

  @Test
  void v4Policy_mustPinTheFieldsItIsSignedWith() {
    String credential = "local/20261122/cn-hangzhou/oss/aliyun_v4_request";
    String pinned =
        "{\"x-oss-signature-version\":\"OSS4-HMAC-SHA256\"},{\"x-oss-credential\":\"%s\"},{\"x-oss-date\":\"20261122T080000Z\"}"
            .formatted(credential);
    assertThat(
            code(() -> verifier.verify(signedV4(policy(pinned, NOW.plusSeconds(60)), credential))))
        .isEqualTo("passes");
    assertThat(
            code(() ->
                verifier.verify(
                    signedV4(policy("{\"bucket\":\"uploads\"}", NOW.plusSeconds(60)), credential))))
        .isEqualTo("InvalidPolicyDocument");
    assertThat(
            code(() ->
                verifier.verify(signedV4(policy(pinned, NOW.plusSeconds(8 * 86_400)), credential))))
        .isEqualTo("InvalidPolicyDocument");
    assertThat(
            code(() ->
                verifier.verify(
                    signedV4(
                        policy(pinned, NOW.plusSeconds(60)),
                        "local/20261122/cn-beijing/oss/aliyun_v4_request"))))
        .isEqualTo("InvalidArgument");
  }

  private static Map<String, String> signedV4(String policy, String credential) {
    var form = new HashMap<String, String>();
    form.put("policy", policy);
    form.put("bucket", "uploads");
    form.put("key", "dir/a.png");
    form.put("x-oss-signature-version", "OSS4-HMAC-SHA256");
    form.put("x-oss-credential", credential);
    form.put("x-oss-date", "20261122T080000Z");
    form.put(
        "x-oss-signature",
        SignatureV4.sign("local-secret", CredentialScope.parse(credential), policy));
    return form;
  }

  private static Map<String, String> form(String condition) {
    return signed(policy(condition, NOW.plusSeconds(60)));
  }

  private static String policy(String conditions, Instant expiration) {
    return base64("{\"expiration\":\"%s\",\"conditions\":[%s]}".formatted(expiration, conditions));
  }

  private static Map<String, String> signed(String policy) {
    var form = new HashMap<String, String>();
    form.put("policy", policy);
    form.put("ossaccesskeyid", "local");
    form.put("signature", SignatureV1.sign("local-secret", policy));
    form.put("bucket", "uploads");
    form.put("key", "dir/a.png");
    form.put("content-type", "image/png");
    return form;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The refusal's code, or "passes". */
  static String code(Runnable call) {
    OssException refusal = catchThrowableOfType(OssException.class, call::run);
    return refusal == null ? "passes" : refusal.code();
  }
}
