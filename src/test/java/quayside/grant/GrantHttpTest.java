package quayside.grant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.LaptopStackResource;
import quayside.grant.token.GrantRefusedException;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.ReportedUpload;
import quayside.grant.token.VerifiedGrant;

/** Grants as callers get them, over HTTP, from the whole service. */
@QuarkusTest
@TestProfile(GrantHttpTest.Configured.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
@NullUnmarked // A null where none belongs fails the test.
class GrantHttpTest {
  private static final String API_KEY = "0123456789abcdef0123456789abcdef";
  private static final String API_KEY_SHA256 =
      "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject GrantVerifier verifier;
  @Inject MeterRegistry metrics;

  /** An API key, bearer tokens, two buckets. */
  public static class Configured implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>();
      config.put("mp.jwt.verify.publickey", BearerTokens.publicKey());
      config.put("mp.jwt.verify.issuer", BearerTokens.ISSUER);
      config.put("quayside.grant.api-keys.backend", API_KEY_SHA256);
      config.put("quayside.grant.buckets.photos.prefixes", "users/{subject}/,shared/");
      config.put("quayside.grant.buckets.photos.max-size", "1M");
      config.put("quayside.grant.buckets.archive.prefixes", "*");
      config.put("quayside.grant.default-bucket", "photos");
      config.put("quayside.grant.max-lifetime", "30M");
      config.put("quayside.grant.keys.k1", "0123456789abcdef0123456789abcdef");
      config.put("quayside.grant.callback-urls", "https://app.example.com/oss/callback");
      config.put("quayside.grant.oss.access-key-id", "ak");
      config.put("quayside.grant.oss.access-key-secret", "sk");
      config.put("quayside.grant.oss.region", "cn-hangzhou");
      config.put("quayside.grant.oss.endpoint", "https://oss-cn-hangzhou.aliyuncs.com");
      return config;
    }
  }

  @Test
  void form_pinsEverythingAndCarriesAToken() throws Exception {
    JsonPath grant =
        ask(
                apiKey(),
                """
                {"key": "shared/a.png", "contentTypes": ["image/png"], "maxSize": 1000,
                 "variables": {"album": "7\\"&x"}, "subject": "alice", "expiresIn": 600}
                """)
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .extract()
            .jsonPath();

    Map<String, String> fields = grant.getMap("fields");
    assertThat(grant.getString("url")).isEqualTo("https://photos.oss-cn-hangzhou.aliyuncs.com/");
    assertThat(fields)
        .containsEntry("key", "shared/a.png")
        .containsEntry("content-type", "image/png")
        .containsEntry("x-oss-content-type", "image/png")
        .containsEntry("success_action_status", "200")
        .containsEntry("x:album", "7\"&x")
        .containsEntry("x-oss-signature-version", "OSS4-HMAC-SHA256");
    List<String> conditions = conditions(fields.get("policy"));
    assertThat(conditions).contains("{\"bucket\":\"photos\"}", "[\"content-length-range\",0,1000]");
    fields.forEach((field, value) -> {
      if (!List.of("policy", "x-oss-signature").contains(field)) {
        assertThat(conditions)
            .contains(JSON.createArrayNode().add("eq").add("$" + field).add(value).toString());
      }
    });
    VerifiedGrant verified =
        verify(
            fields.get("callback"),
            new ReportedUpload("photos", "shared/a.png", 1000L, "image/png"));
    assertThat(verified.id().text()).isEqualTo(grant.getString("id"));
    assertThat(verified.subject()).isEqualTo("alice");
    assertThat(grant.getString("curl"))
        .startsWith("curl --form-string 'key=shared/a.png'")
        .endsWith("'" + grant.getString("url") + "'");
  }

  @Test
  void formForAPrefix_leavesTheFileNameToTheUploader() throws Exception {
    JsonPath grant =
        ask(
                apiKey(),
                "{\"prefix\": \"shared/\", \"contentTypes\": [\"image/png\", \"IMAGE/jpeg\"]}")
            .statusCode(200)
            .extract()
            .jsonPath();

    String beginning = "shared/" + grant.getString("id") + "/";
    assertThat(grant.getString("key")).isEqualTo(beginning + "${filename}");
    assertThat(conditions(grant.<String, String>getMap("fields").get("policy")))
        .contains(
            "[\"starts-with\",\"$key\",\"" + beginning + "\"]",
            "[\"in\",\"$content-type\",[\"image/jpeg\",\"image/png\"]]",
            "[\"in\",\"$x-oss-content-type\",[\"image/jpeg\",\"image/png\"]]");
    verify(
        grant.<String, String>getMap("fields").get("callback"),
        new ReportedUpload("photos", beginning + "cat.jpg", 5L, "image/jpeg"));
  }

  @Test
  void formV1_isSignedWithV1() {
    JsonPath grant =
        ask(apiKey(), "{\"key\": \"shared/a\", \"signatureVersion\": \"v1\"}")
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(grant.<String, String>getMap("fields"))
        .containsEntry("OSSAccessKeyId", "ak")
        .containsKeys("Signature", "policy", "callback")
        .doesNotContainKey("x-oss-signature");
  }

  @Test
  void presignedUrl_carriesCallbackAndVariables() throws Exception {
    JsonPath grant =
        ask(
                apiKey(),
                """
                {"bucket": "archive", "prefix": "照片/", "method": "put", "contentTypes": ["image/png"], "variables": {"album": "7"}}
                """)
            .statusCode(200)
            .extract()
            .jsonPath();

    Map<String, String> query = query(grant.getString("url"));
    assertThat(grant.getString("key")).isEqualTo("照片/" + grant.getString("id"));
    assertThat(grant.getString("url"))
        .startsWith(
            "https://archive.oss-cn-hangzhou.aliyuncs.com/%E7%85%A7%E7%89%87/"
                + grant.getString("id")
                + "?");
    assertThat(grant.<String, String>getMap("headers"))
        .containsExactly(Map.entry("content-type", "image/png"));
    assertThat(query).containsEntry("x-oss-expires", "900").containsKey("x-oss-signature");
    assertThat(decode(query.get("callback-var"))).hasToString("{\"x:album\":\"7\"}");
    assertThat(grant.getLong("maxSize")).isEqualTo(100 * 1024 * 1024);
    verify(
        query.get("callback"),
        new ReportedUpload("archive", grant.getString("key"), 5L, "image/png"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"bucket\": \"other\", \"key\": \"a\"}                                        | 403 | bucket-not-allowed",
        "{\"key\": \"secret/a\"}                                                        | 403 | key-not-allowed",
        "{\"key\": \"users/bob/a\", \"subject\": \"alice\"}                             | 403 | key-not-allowed",
        "{\"key\": \"users/../b/a\", \"subject\": \"../b\"}                             | 403 | key-not-allowed",
        "{\"key\": \"shared/a\", \"maxSize\": 1048577}                                  | 403 | size-not-allowed",
        "{\"key\": \"shared/a\", \"expiresIn\": 1801}                                   | 403 | lifetime-not-allowed",
        "{\"key\": \"shared/a\", \"expiresIn\": 0}                                      | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"maxSize\": 0}                                        | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"maxSize\": \"1\"}                                    | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"maxsize\": 1}                                        | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"key\": \"shared/b\"}                                 | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"prefix\": \"shared/\"}                               | 400 | request-invalid",
        "{}                                                                             | 400 | request-invalid",
        "null                                                                           | 400 | request-invalid",
        "[]                                                                             | 400 | request-invalid",
        "not json                                                                       | 400 | request-invalid",
        "{\"key\": \"shared/a\"} x                                                      | 400 | request-invalid",
        "{\"key\": \"shared/${filename}\"}                                              | 400 | request-invalid",
        "{\"key\": \"shared/\\u0000\"}                                                  | 400 | request-invalid",
        "{\"key\": \"shared/\\ud800\"}                                                  | 400 | request-invalid",
        "{\"key\": \"/shared/a\"}                                                       | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"method\": \"get\"}                                   | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"contentTypes\": [\"png\"]}                           | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"contentTypes\": [null]}                              | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"contentTypes\": [\"a/b\",\"a/c\"], \"method\":\"put\"} | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"variables\": {\"Album\": \"7\"}}                     | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"variables\": {\"album\": null}}                      | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"variables\": {\"album\": \"a\\nb\"}}                 | 400 | request-invalid",
        "{\"key\": \"shared/a\", \"subject\": \"\"}                                     | 400 | request-invalid",
      })
  void badRequest_isRefusedWithAReason(String body, int status, String reason) {
    double before = refused(reason);

    ask(apiKey(), body)
        .statusCode(status)
        .contentType("application/problem+json")
        .body("reason", equalTo(reason))
        .body("status", equalTo(status));

    assertThat(refused(reason)).isEqualTo(before + 1);
  }

  @Test
  void longVariables_areRefused() {
    ask(
            apiKey(),
            "{\"key\": \"shared/a\", \"variables\": {\"note\": \"" + "x".repeat(5000) + "\"}}")
        .statusCode(400)
        .body("reason", equalTo("callback-too-long"));
  }

  @Test
  void longRequest_isRefused() {
    ask(apiKey(), "{\"key\": \"" + "x".repeat(70_000) + "\"}")
        .statusCode(413)
        .body("reason", equalTo("request-too-large"));
  }

  @Test
  void bearerToken_isGrantedInItsOwnName() throws Exception {
    JsonPath grant =
        ask(bearer(BearerTokens.valid("alice")), "{\"key\": \"users/alice/a\"}")
            .statusCode(200)
            .extract()
            .jsonPath();

    VerifiedGrant verified =
        verify(
            grant.<String, String>getMap("fields").get("callback"),
            new ReportedUpload("photos", "users/alice/a", 1L, null));
    assertThat(verified.subject()).isEqualTo("alice");
  }

  /** A user must not get at the keys of another user. */
  @Test
  void bearerToken_cannotAskForOthers() {
    ask(bearer(BearerTokens.valid("alice")), "{\"key\": \"users/bob/a\"}")
        .statusCode(403)
        .body("reason", equalTo("key-not-allowed"));
    ask(bearer(BearerTokens.valid("alice")), "{\"key\": \"users/bob/a\", \"subject\": \"bob\"}")
        .statusCode(403)
        .body("reason", equalTo("subject-not-allowed"));
    ask(
            bearer(BearerTokens.valid("service", "grant-delegate")),
            "{\"key\": \"users/bob/a\", \"subject\": \"bob\"}")
        .statusCode(200);
  }

  @Test
  void badBearerTokens_areRefused() {
    for (String token :
        List.of(
            BearerTokens.expired("alice"),
            BearerTokens.signedByAnotherKey("alice"),
            BearerTokens.signedWithThePublicKey("alice"),
            BearerTokens.ofAnotherIssuer("alice"),
            BearerTokens.withoutSubject(),
            "garbage",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.")) {
      unauthenticated(bearer(token));
    }
  }

  @Test
  void badApiKeys_areRefused() {
    unauthenticated(given());
    unauthenticated(given().header("X-Api-Key", "local"));
    unauthenticated(given().header("X-Api-Key", ""));
    unauthenticated(given().header("X-Api-Key", API_KEY_SHA256));
    unauthenticated(given().header("X-Api-Key", API_KEY, API_KEY));
  }

  /** Who asks is known before anything of the request is looked at. */
  private static void unauthenticated(RequestSpecification request) {
    ask(request, "not json")
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("Bearer"))
        .body("reason", equalTo("unauthenticated"));
  }

  @Test
  void issuedGrants_areCounted() {
    double before = metrics.counter("quayside.grant.issued", "method", "put").count();

    ask(apiKey(), "{\"key\": \"shared/a\", \"method\": \"put\"}").statusCode(200);

    assertThat(metrics.counter("quayside.grant.issued", "method", "put").count())
        .isEqualTo(before + 1);
  }

  private double refused(String reason) {
    Counter counter = metrics.find("quayside.grant.refused").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private VerifiedGrant verify(String callback, ReportedUpload upload)
      throws GrantRefusedException {
    String body = decode(callback).get("callbackBody").asText();
    return verifier.verify(body.replaceFirst(".*&grant=", ""), upload);
  }

  private static RequestSpecification apiKey() {
    return given().header("X-Api-Key", API_KEY);
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static ValidatableResponse ask(RequestSpecification request, String body) {
    return request.contentType("application/json").body(body).post("/api/grants").then();
  }

  private static List<String> conditions(String policy) {
    return decode(policy).get("conditions").valueStream().map(JsonNode::toString).toList();
  }

  private static JsonNode decode(String base64) {
    try {
      return JSON.readTree(Base64.getDecoder().decode(base64));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> query(String url) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : URI.create(url).getRawQuery().split("&")) {
      String[] parts = parameter.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
