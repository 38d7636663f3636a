package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browser forms, written byte by byte as browsers write them. */
class PostObjectTest {
  private static final String BOUNDARY = "----formdata-undici-089573160254";
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;
  static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    client.close();
    standIn.close();
  }

  @ParameterizedTest
  @CsvSource({"'', 204", "204, 204", "200, 200", "201, 201", "302, 204"})
  void successStatus_isTheOneAskedFor(String asked, int status) throws Exception {
    Map<String, String> fields = signed("dir/${filename}", "[\"starts-with\",\"$key\",\"dir/\"]");
    if (!asked.isEmpty()) {
      fields.put("success_action_status", asked);
    }
    HttpResponse<String> answer =
        post(
            "/uploads",
            fields,
            "C:\\fake\\照 片+" + status + ".txt",
            "text/plain",
            "hello oss callback");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("ETag"))
        .contains("\"87F9E0192C4DD82681271D9E38FB0E84\"");
    assertThat(answer.body().contains("<PostResponse><Bucket>uploads</Bucket>"))
        .isEqualTo(status == 201);
    HttpResponse<String> stored = client.get("dir/照 片+" + status + ".txt");
    assertThat(stored.body()).isEqualTo("hello oss callback");
    assertThat(stored.headers().firstValue("Content-Type")).contains("text/plain");
  }

  @Test
  void callbackField_isPerformedWithTheFormsVariables() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      Map<String, String> fields = signed("k.txt", "{\"bucket\":\"uploads\"}");
      fields.put("success_action_status", "201");
      fields.put(
          "callback",
          callback(receiver, "op=${operation}&o=${object}&v=${x:my_var}&m=${contentMd5}"));
      fields.put("x:my_var", "value 1 中文&\"q\"");
      fields.put("x:uid", "42");
      HttpResponse<String> answer = post("/uploads", fields, "a b.txt", "text/plain", "hello");

      assertThat(answer.statusCode())
          .as("the callback decides, not success_action_status")
          .isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body())
          .isEqualTo("op=PostObject&o=k.txt&v=value%201%20%E4%B8%AD%E6%96%87%26%22q%22&m=");
      assertThat(receiver.only().isSignedWith(standIn.publicKeyFile())).isTrue();
    }
  }

  @Test
  void fieldsAfterTheFile_areIgnored() throws Exception {
    Map<String, String> fields = signed("after.txt", "{\"bucket\":\"uploads\"}");
    byte[] body =
        form(
            fields,
            "f",
            "text/plain",
            "hello",
            Map.of("key", "elsewhere.txt", "callback", "!!!", "x-oss-meta-late", "1"));

    assertThat(post("/uploads", body, BOUNDARY).statusCode()).isEqualTo(204);
    assertThat(client.get("elsewhere.txt").statusCode()).isEqualTo(404);
    assertThat(client.get("after.txt").headers().firstValue("x-oss-meta-late")).isEmpty();
  }

  @Test
  void headersAndMetadata_comeFromFields_andTheTypeFromXOssContentTypeFirst() throws Exception {
    Map<String, String> fields = signed("typed", "[\"in\",\"$content-type\",[\"image/png\"]]");
    fields.put("x-oss-content-type", "image/png");
    fields.put("x-oss-meta-tag", "t");
    fields.put("Cache-Control", "no-store");
    assertThat(post("/uploads", fields, "f", "text/html", "x").statusCode()).isEqualTo(204);
    HttpResponse<String> stored = client.get("typed");
    assertThat(stored.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(stored.headers().firstValue("x-oss-meta-tag")).contains("t");
    assertThat(stored.headers().firstValue("Cache-Control")).contains("no-store");
  }

  /** A policy that pins the content type must not be got round by the file part's own type. */
  @Test
  void policyOnContentType_seesTheFilePartsType() throws Exception {
    Map<String, String> fields = signed("html", "[\"in\",\"$content-type\",[\"image/png\"]]");
    assertRefused(post("/uploads", fields, "f", "text/html", "x"), 403, "AccessDenied", "html");
  }

  @Test
  void badSignature_expiredAndUnmetPolicies_storeNothing() throws Exception {
    Map<String, String> forged = signed("refused", "{\"bucket\":\"uploads\"}");
    forged.put("Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertRefused(
        post("/uploads", forged, "f", "text/plain", "x"), 403, "SignatureDoesNotMatch", "refused");

    Map<String, String> expired =
        signed("refused", "{\"bucket\":\"uploads\"}", Instant.now().minusSeconds(1));
    assertRefused(
        post("/uploads", expired, "f", "text/plain", "x"), 403, "AccessDenied", "refused");

    Map<String, String> otherKey = signed("refused", "[\"starts-with\",\"$key\",\"mine/\"]");
    assertRefused(
        post("/uploads", otherKey, "f", "text/plain", "x"), 403, "AccessDenied", "refused");

    Map<String, String> tooLong = signed("refused", "[\"content-length-range\",0,3]");
    assertRefused(
        post("/uploads", tooLong, "f", "text/plain", "four"), 400, "EntityTooLarge", "refused");

    Map<String, String> badCallback = signed("refused", "{\"bucket\":\"uploads\"}");
    badCallback.put("callback", "not base64");
    assertRefused(
        post("/uploads", badCallback, "f", "text/plain", "x"), 400, "InvalidArgument", "refused");

    assertRefused(
        post("/uploads", new LinkedHashMap<>(Map.of("key", "refused")), "f", "text/plain", "x"),
        403,
        "AccessDenied",
        "refused");
  }

  @Test
  void contentMd5Field_isChecked() throws Exception {
    Map<String, String> fields = signed("md5", "{\"bucket\":\"uploads\"}");
    fields.put("Content-MD5", "h/ngGSxN2CaBJx2eOPsOhA==");
    assertThat(post("/uploads", fields, "f", "text/plain", "hello oss callback").statusCode())
        .isEqualTo(204);
    assertRefused(
        post("/uploads", fields, "f", "text/plain", "other"), 400, "InvalidDigest", "md5-other");
  }

  @Test
  void callbackInTheQueryOfAForm_isRefusedAsMixed() throws Exception {
    Map<String, String> fields = signed("mixed", "{\"bucket\":\"uploads\"}");
    HttpResponse<String> answer = post("/uploads?callback=e30=", fields, "f", "text/plain", "x");
    assertThat(answer.body()).contains("0007-00000027");
  }

  @Test
  void malformedForms_areRefusedEachByItsCode() throws Exception {
    Map<String, String> fields = signed("never", "{\"bucket\":\"uploads\"}");
    byte[] whole = form(fields, "f", "text/plain", "hello", Map.of());
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 70);
    assertRefused(post("/uploads", cut, BOUNDARY), 400, "MalformedPOSTRequest", "never");
    assertRefused(
        post("/uploads", "nonsense".getBytes(StandardCharsets.UTF_8), BOUNDARY),
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "never");
    assertRefused(
        post("/uploads", form(fields, null, "", "", Map.of()), BOUNDARY),
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "never");

    Map<String, String> withoutKey = signed("never", "{\"bucket\":\"uploads\"}");
    withoutKey.remove("key");
    assertRefused(
        post("/uploads", withoutKey, "f", "text/plain", "x"), 400, "InvalidArgument", "never");

    Map<String, String> long1 = signed("never", "{\"bucket\":\"uploads\"}");
    long1.put("x:big", "a".repeat(70_000));
    assertRefused(
        post("/uploads", long1, "f", "text/plain", "x"), 400, "FieldItemTooLong", "never");
    assertRefused(post("/elsewhere", fields, "f", "text/plain", "x"), 404, "NoSuchBucket", "never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/uploads", "/uploads/"})
  void bucket_isFoundInThePathOrTakenFromTheHost(String path) throws Exception {
    Map<String, String> fields = signed("addressed" + path.length(), "{\"bucket\":\"uploads\"}");
    String endpoint = standIn.endpoint().replace("127.0.0.1", "localhost");
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    form(fields, "f", "text/plain", "x", Map.of())))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(204);
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String key) throws Exception {
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(client.get(key).statusCode()).isEqualTo(404);
  }

  private static Map<String, String> signed(String key, String condition) throws Exception {
    return signed(key, condition, Instant.now().plus(Duration.ofMinutes(5)));
  }

  private static Map<String, String> signed(String key, String condition, Instant expiration)
      throws Exception {
    String policy =
        base64("{\"expiration\":\"%s\",\"conditions\":[%s]}".formatted(expiration, condition));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("local-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    var fields = new LinkedHashMap<String, String>();
    fields.put("key", key);
    fields.put("policy", policy);
    fields.put("OSSAccessKeyId", "local");
    fields.put(
        "Signature",
        Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8))));
    return fields;
  }

  private static HttpResponse<String> post(
      String path, Map<String, String> fields, String fileName, String type, String content)
      throws Exception {
    return post(path, form(fields, fileName, type, content, Map.of()), BOUNDARY);
  }

  private static HttpResponse<String> post(String path, byte[] body, String boundary)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(standIn.endpoint() + path))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] form(
      Map<String, String> fields,
      String fileName,
      String type,
      String content,
      Map<String, String> after) {
    var body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> field(body, name, value));
    if (fileName != null) {
      body.writeBytes(
          ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n%s\r\n"
                  .formatted(BOUNDARY, fileName, type, content))
              .getBytes(StandardCharsets.UTF_8));
    }
    after.forEach((name, value) -> field(body, name, value));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static void field(ByteArrayOutputStream body, String name, String value) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, name, value)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String callback(CallbackReceiver receiver, String body) {
    return base64(
        "{\"callbackUrl\":\"%s\",\"callbackBody\":\"%s\"}".formatted(receiver.url("/cb"), body));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
