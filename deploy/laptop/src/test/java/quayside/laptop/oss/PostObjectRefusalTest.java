package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.FormClient.form;
import static quayside.laptop.oss.FormClient.signed;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browser forms that are refused, each by its code, and store nothing. */
class PostObjectRefusalTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;
  static FormClient browser;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
    browser = new FormClient(standIn.endpoint());
  }

  @AfterAll
  static void stop() {
    browser.close();
    client.close();
    standIn.close();
  }

  /** A policy that pins the content type must not be got round by the file part's own type. */
  @Test
  void policyOnContentType_seesTheFilePartsType() throws Exception {
    Map<String, String> fields = signed("html", "[\"in\",\"$content-type\",[\"image/png\"]]");
    assertRefused(
        browser.post("/uploads", fields, "f", "text/html", "x"), 403, "AccessDenied", "html");
  }

  @Test
  void badSignature_expiredAndUnmetPolicies_storeNothing() throws Exception {
    Map<String, String> forged = signed("refused", "{\"bucket\":\"uploads\"}");
    forged.put("Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertRefused(
        browser.post("/uploads", forged, "f", "text/plain", "x"),
        403,
        "SignatureDoesNotMatch",
        "refused");

    Map<String, String> expired =
        signed("refused", "{\"bucket\":\"uploads\"}", Instant.now().minusSeconds(1));
    assertRefused(
        browser.post("/uploads", expired, "f", "text/plain", "x"), 403, "AccessDenied", "refused");

    Map<String, String> otherKey = signed("refused", "[\"starts-with\",\"$key\",\"mine/\"]");
    assertRefused(
        browser.post("/uploads", otherKey, "f", "text/plain", "x"), 403, "AccessDenied", "refused");

    Map<String, String> tooLong = signed("refused", "[\"content-length-range\",0,3]");
    assertRefused(
        browser.post("/uploads", tooLong, "f", "text/plain", "four"),
        400,
        "EntityTooLarge",
        "refused");

    Map<String, String> badCallback = signed("refused", "{\"bucket\":\"uploads\"}");
    badCallback.put("callback", "not base64");
    assertRefused(
        browser.post("/uploads", badCallback, "f", "text/plain", "x"),
        400,
        "InvalidArgument",
        "refused");

    assertRefused(
        browser.post(
            "/uploads", new LinkedHashMap<>(Map.of("key", "refused")), "f", "text/plain", "x"),
        403,
        "AccessDenied",
        "refused");
  }

  @Test
  void contentMd5Field_isChecked() throws Exception {
    Map<String, String> fields = signed("md5", "{\"bucket\":\"uploads\"}");
    fields.put("Content-MD5", "h/ngGSxN2CaBJx2eOPsOhA==");
    assertThat(
            browser.post("/uploads", fields, "f", "text/plain", "hello oss callback").statusCode())
        .isEqualTo(204);
    assertRefused(
        browser.post("/uploads", fields, "f", "text/plain", "other"),
        400,
        "InvalidDigest",
        "md5-other");
  }

  @Test
  void callbackInTheQueryOfAForm_isRefusedAsMixed() throws Exception {
    Map<String, String> fields = signed("mixed", "{\"bucket\":\"uploads\"}");
    HttpResponse<String> answer =
        browser.post("/uploads?callback=e30=", fields, "f", "text/plain", "x");
    assertThat(answer.body()).contains("0007-00000027");
  }

  @Test
  void malformedForms_areRefusedEachByItsCode() throws Exception {
    Map<String, String> fields = signed("never", "{\"bucket\":\"uploads\"}");
    byte[] whole = form(fields, "f", "text/plain", "hello", Map.of());
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 70);
    assertRefused(browser.post("/uploads", cut), 400, "MalformedPOSTRequest", "never");
    assertRefused(
        browser.post("/uploads", "nonsense".getBytes(StandardCharsets.UTF_8)),
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "never");
    assertRefused(
        browser.post("/uploads", form(fields, null, "", "", Map.of())),
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "never");

    Map<String, String> withoutKey = signed("never", "{\"bucket\":\"uploads\"}");
    withoutKey.remove("key");
    assertRefused(
        browser.post("/uploads", withoutKey, "f", "text/plain", "x"),
        400,
        "InvalidArgument",
        "never");

    Map<String, String> long1 = signed("never", "{\"bucket\":\"uploads\"}");
    long1.put("x:big", "a".repeat(70_000));
    assertRefused(
        browser.post("/uploads", long1, "f", "text/plain", "x"), 400, "FieldItemTooLong", "never");
    assertRefused(
        browser.post("/elsewhere", fields, "f", "text/plain", "x"), 404, "NoSuchBucket", "never");
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String key) throws Exception {
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(client.get(key).statusCode()).isEqualTo(404);
  }
}
