package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import quayside.grant.signature.PolicyCondition.Equal;
import quayside.grant.signature.PolicyCondition.In;
import quayside.grant.signature.PolicyCondition.LengthRange;

/** Uploads with a callback, through the public signers, against known answers. */
@NullUnmarked // A null where none belongs fails the test.
class UploadVectorsTest {
  private static final JsonNode FILE = Vectors.file("derived-with-callback.json");
  private static final String CALLBACK = FILE.get("callback_b64").asText();
  private static final String CALLBACK_VAR = FILE.get("callback_var_b64").asText();
  private static final String REGION = FILE.get("region").asText();
  private static final Credentials CREDENTIALS = new Credentials("ak", "sk", null);
  private static final Clock CLOCK = Clock.fixed(Vectors.time(FILE), ZoneOffset.UTC);
  private static final OssAddress ADDRESS =
      new OssAddress(
          URI.create("https://oss-cn-hangzhou.aliyuncs.com"), OssAddress.Style.VIRTUAL_HOST);
  private static final String UPLOAD_KEY = FILE.get("key").asText();

  private final UrlPresigner presigner = new UrlPresigner(ADDRESS, REGION, CREDENTIALS, CLOCK);
  private final PolicySigner policies = new PolicySigner(ADDRESS, REGION, CREDENTIALS, CLOCK);

  @Test
  void putV4_hasTheKnownSignature() {
    PresignedRequest put = presigner.presign(uploadWithCallback(), SignatureVersion.V4);

    assertThat(query(put.url()))
        .containsAllEntriesOf(Vectors.map(vector("presign-put-v4-callback-in-query").get("query")))
        .containsEntry("x-oss-signature", signature("presign-put-v4-callback-in-query"));
    assertThat(put.headers()).containsExactly(Map.entry("content-type", "image/png"));
  }

  @Test
  void putV1_hasTheKnownSignature() {
    PresignedRequest put = presigner.presign(uploadWithCallback(), SignatureVersion.V1);

    assertThat(query(put.url()))
        .containsEntry("OSSAccessKeyId", "ak")
        .containsEntry("Expires", "1702782277")
        .containsEntry("callback", CALLBACK)
        .containsEntry("callback-var", CALLBACK_VAR)
        .containsEntry("Signature", signature("presign-put-v1-callback-in-query"));
  }

  /** Base64 with plus and slash, a key with a space, a plus and Chinese. */
  @Test
  void awkwardValues_haveTheKnownSignatures() {
    JsonNode vector = vector("presign-put-v4-awkward");
    RequestToSign put =
        RequestToSign.put(
            "bucket",
            vector.get("key").asText(),
            Map.of("content-type", "image/png"),
            Map.of("callback", vector.get("query").get("callback").asText()),
            Duration.ofSeconds(600));

    PresignedRequest v4 = presigner.presign(put, SignatureVersion.V4);
    PresignedRequest v1 = presigner.presign(put, SignatureVersion.V1);

    assertThat(query(v4.url()))
        .containsEntry("x-oss-signature", signature("presign-put-v4-awkward"));
    assertThat(query(v1.url())).containsEntry("Signature", signature("presign-put-v1-awkward"));
    assertThat(v4.url().getRawPath()).isEqualTo("/a%20b/%E4%B8%AD%2B.png");
  }

  @Test
  void callbackInHeaders_hasTheKnownCanonicalRequest() {
    JsonNode vector = vector("put-v4-header-callback");
    SignableRequest request =
        new SignableRequest(
            "PUT",
            "bucket",
            UPLOAD_KEY,
            Map.of(),
            Map.of(
                "Content-Type", "image/png",
                "x-oss-callback", CALLBACK,
                "x-oss-callback-var", CALLBACK_VAR,
                "x-oss-content-sha256", "UNSIGNED-PAYLOAD",
                "x-oss-date", "20231217T025437Z"));
    CredentialScope scope = CredentialScope.ofOss(CLOCK.instant(), REGION);

    String canonical = SignatureV4.canonicalRequest(request, List.of());
    String signature = SignatureV4.sign(scope, "sk", SignatureV4.stringToSign(scope, canonical));

    assertThat(canonical).isEqualTo(vector.get("canonical_request").asText());
    assertThat(signature).isEqualTo(vector.get("signature").asText());
  }

  @Test
  void policies_haveTheKnownSignatures() {
    CredentialScope scope = CredentialScope.ofOss(CLOCK.instant(), REGION);

    String v4 = SignatureV4.sign(scope, "sk", vector("post-object-v4").get("policy_b64").asText());
    String v1 = SignatureV1.sign("sk", vector("post-object-v1").get("policy_b64").asText());

    assertThat(v4).isEqualTo(signature("post-object-v4"));
    assertThat(v1).isEqualTo(signature("post-object-v1"));
  }

  @Test
  void policyV4_saysWhatTheKnownPolicySays() throws IOException {
    PolicyToSign policy =
        new PolicyToSign(
            "bucket",
            List.of(
                new Equal("key", UPLOAD_KEY),
                new LengthRange(1, 10485760),
                new In("content-type", List.of("image/png", "image/jpeg")),
                new Equal("success_action_status", "200"),
                new Equal("callback", CALLBACK),
                new Equal("x:u", "42")),
            Duration.ofHours(1));

    SignedPolicy signed = policies.sign(policy, SignatureVersion.V4);

    Map<String, String> known = Vectors.map(vector("post-object-v4").get("form"));
    assertThat(signed.fields())
        .containsEntry("x-oss-signature-version", known.get("x-oss-signature-version"))
        .containsEntry("x-oss-credential", known.get("x-oss-credential"))
        .containsEntry("x-oss-date", known.get("x-oss-date"));
    assertThat(rules(signed.fields().get("policy"))).isEqualTo(rules(known.get("policy")));
    assertThat(signed.fields().get("x-oss-signature"))
        .isEqualTo(
            SignatureV4.sign(
                CredentialScope.ofOss(CLOCK.instant(), REGION),
                "sk",
                signed.fields().get("policy")));
    assertThat(signed.url()).hasToString("https://bucket.oss-cn-hangzhou.aliyuncs.com/");
  }

  @Test
  void securityToken_isSignedAndSent() {
    Credentials temporary = new Credentials("ak", "sk", "sts-token");
    RequestToSign put = uploadWithCallback();
    PolicyToSign policy =
        new PolicyToSign("bucket", List.of(new Equal("key", UPLOAD_KEY)), Duration.ofHours(1));
    UrlPresigner puts = new UrlPresigner(ADDRESS, REGION, temporary, CLOCK);
    PolicySigner posts = new PolicySigner(ADDRESS, REGION, temporary, CLOCK);

    assertThat(query(puts.presign(put, SignatureVersion.V4).url()))
        .containsEntry("x-oss-security-token", "sts-token");
    assertThat(query(puts.presign(put, SignatureVersion.V1).url()))
        .containsEntry("security-token", "sts-token");
    for (SignatureVersion version : SignatureVersion.values()) {
      Map<String, String> fields = posts.sign(policy, version).fields();
      assertThat(fields).containsEntry("x-oss-security-token", "sts-token");
      assertThat(decoded(fields.get("policy")))
          .contains("[\"eq\",\"$x-oss-security-token\",\"sts-token\"]");
    }
    assertThat(temporary.toString()).doesNotContain("sk").doesNotContain("sts-token");
  }

  private static RequestToSign uploadWithCallback() {
    return RequestToSign.put(
        "bucket",
        UPLOAD_KEY,
        Map.of("content-type", "image/png"),
        Map.of("callback", CALLBACK, "callback-var", CALLBACK_VAR),
        Duration.ofSeconds(600));
  }

  /**
   * The document with every exact match spelt the same way: {@code {"a":"b"}} means {@code
   * ["eq","$a","b"]}.
   */
  private static List<String> rules(String encodedPolicy) throws IOException {
    JsonNode document = new ObjectMapper().readTree(decoded(encodedPolicy));
    List<String> rules = new ArrayList<>();
    rules.add(document.get("expiration").asText());
    for (JsonNode condition : document.get("conditions")) {
      if (condition.isObject()) {
        Vectors.map(condition)
            .forEach((field, value) -> rules.add(new Equal(field, value).toJson().toString()));
      } else {
        rules.add(condition.toString());
      }
    }
    return rules;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  static Map<String, String> query(URI url) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : url.getRawQuery().split("&")) {
      String[] parts = parameter.split("=", 2);
      query.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static JsonNode vector(String name) {
    return Vectors.derived(name);
  }

  private static String signature(String name) {
    return vector(name).get("signature").asText();
  }
}
