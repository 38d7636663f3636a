package quayside.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.LaptopStackResource;
import quayside.grant.GrantRequest.RequestedVersion;
import quayside.grant.signature.Credentials;
import quayside.grant.signature.OssAddress;
import quayside.grant.signature.PolicySigner;
import quayside.grant.signature.UrlPresigner;
import quayside.grant.template.BodyType;
import quayside.grant.template.CallbackTarget;
import quayside.grant.template.CallbackTemplate;
import quayside.grant.template.SystemVariable;
import quayside.grant.token.GrantKey;
import quayside.grant.token.GrantKeyRing;
import quayside.grant.token.GrantTokens;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.ReportedUpload;
import quayside.grant.token.UploadTickets;
import quayside.grant.token.VerifiedGrant;

/**
 * Issued grants, used against the OSS stand-in, which checks signatures and policies and calls back
 * as OSS does; what it reports is then verified as the ingress would.
 */
@NullUnmarked // A null where none belongs fails the test.
class GrantedUploadTest {
  private static final String BOUNDARY = "----quayside";
  private static final String NOTE = "a \"quoted\" & 照片 + 100%";
  private static final GrantKeyRing KEYS =
      new GrantKeyRing(
          Map.of("k", GrantKey.of("k", "0123456789abcdef0123456789abcdef")), Optional.of("k"));
  private static final BlockingQueue<String> CALLBACKS = new LinkedBlockingQueue<>();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static HttpServer receiver;
  private static URI endpoint;

  @BeforeAll
  static void startReceiver() throws IOException {
    endpoint = URI.create(LaptopStackResource.running().getProperty("oss.endpoint"));
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/oss/callback",
        exchange -> {
          CALLBACKS.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = "{\"Status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    receiver.start();
  }

  @AfterAll
  static void stopReceiver() {
    receiver.stop(0);
  }

  @BeforeEach
  void forgetCallbacks() {
    CALLBACKS.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,V4,FORM",
    "POST,V4,JSON",
    "POST,V1,FORM",
    "PUT,V4,FORM",
    "PUT,V4,JSON",
    "PUT,V1,FORM"
  })
  void upload_isAcceptedAndItsCallbackProven(
      UploadMethod method, RequestedVersion version, BodyType type) throws Exception {
    IssuedGrant grant =
        issuer(type)
            .issue(
                request(method, version, "grants/照片 \"a\"+b.png", null), new Caller("alice", true));

    HttpResponse<String> answer = upload(grant, Map.of(), "hello", "image/png");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, String> fields = callback(type);
    assertThat(fields)
        .containsEntry("bucket", "uploads")
        .containsEntry("object", "grants/照片 \"a\"+b.png")
        .containsEntry("mimeType", "image/png")
        .containsEntry("size", "5")
        .containsEntry("x:note", NOTE);
    VerifiedGrant verified = verify(fields);
    assertThat(verified.id().text()).isEqualTo(grant.id());
    assertThat(verified.subject()).isEqualTo("alice");
  }

  @Test
  void formForAPrefix_takesTheNameOfTheFile() throws Exception {
    IssuedGrant grant =
        issuer(BodyType.FORM)
            .issue(
                request(UploadMethod.POST, RequestedVersion.V4, null, "grants/"),
                new Caller("alice", true));

    HttpResponse<String> answer = upload(grant, Map.of(), "hello", "image/png");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, String> fields = callback(BodyType.FORM);
    assertThat(fields).containsEntry("object", "grants/" + grant.id() + "/cat.png");
    assertThat(verify(fields).id().text()).isEqualTo(grant.id());
  }

  /** Whatever the uploader changes in a form, OSS refuses it. */
  @ParameterizedTest
  @CsvSource({"V4", "V1"})
  void changedForm_isRefused(RequestedVersion version) throws Exception {
    IssuedGrant grant =
        issuer(BodyType.FORM)
            .issue(
                request(UploadMethod.POST, version, "grants/fixed.png", null),
                new Caller("alice", true));

    for (Map<String, String> change :
        List.of(
            Map.of("key", "grants/other.png"),
            Map.of("x:note", "other"),
            Map.of("callback", grant.fields().get("policy")),
            Map.of("x-oss-content-type", "text/html"),
            Map.of("x-oss-content-type", "text/html", "content-type", "text/html"),
            Map.of("success_action_status", "201"))) {
      HttpResponse<String> answer = upload(grant, change, "hello", "image/png");
      assertThat(answer.statusCode()).as("%s: %s", change.keySet(), answer.body()).isEqualTo(403);
    }
    assertThat(upload(grant, Map.of(), "x".repeat(1001), "image/png").statusCode())
        .isBetween(400, 499);
    assertThat(CALLBACKS).isEmpty();
  }

  /**
   * What the file's own part and the weaker field say does not matter: the granted type is the one
   * that is stored.
   */
  @Test
  void contentType_cannotBeEvaded() throws Exception {
    IssuedGrant grant =
        issuer(BodyType.FORM)
            .issue(
                request(UploadMethod.POST, RequestedVersion.V4, "grants/fixed.png", null),
                new Caller("alice", true));

    upload(grant, Map.of("content-type", "text/html"), "hello", "text/html");

    assertThat(callback(BodyType.FORM)).containsEntry("mimeType", "image/png");
  }

  /** Whatever the uploader changes in a presigned URL, OSS refuses it. */
  @ParameterizedTest
  @CsvSource({"V4", "V1"})
  void changedUrl_isRefused(RequestedVersion version) throws Exception {
    IssuedGrant grant =
        issuer(BodyType.FORM)
            .issue(
                request(UploadMethod.PUT, version, "grants/fixed.png", null),
                new Caller("alice", true));

    for (String url :
        List.of(
            grant.url().replace("fixed.png", "other.png"),
            grant.url().replaceFirst("callback-var=[^&]+", "callback-var=eyJ4Om5vdGUiOiJ5In0%3D"),
            grant.url().replaceFirst("([?&])callback=[^&]+&", "$1"))) {
      assertThat(put(url, "image/png", "hello").statusCode()).as(url).isEqualTo(403);
    }
    assertThat(put(grant.url(), "text/html", "hello").statusCode()).isEqualTo(403);
    assertThat(CALLBACKS).isEmpty();
  }

  private static GrantIssuer issuer(BodyType type) {
    Clock clock = Clock.systemUTC();
    Duration hour = Duration.ofHours(1);
    GrantLimits limits =
        new GrantLimits(
            Map.of("uploads", new BucketRules(List.of("grants/"), 5000)),
            Optional.empty(),
            hour,
            hour,
            hour);
    Credentials credentials = new Credentials("local", "local-secret", null);
    OssAddress address = new OssAddress(endpoint, OssAddress.Style.PATH);
    URI callback =
        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/oss/callback");
    UrlPresigner presigner = new UrlPresigner(address, "cn-hangzhou", credentials, clock);
    return new GrantIssuer(
        new GrantRules(limits, new SecureRandom(), clock),
        new GrantTokens(() -> KEYS),
        new CallbackTemplate(
            new CallbackTarget(List.of(callback), Optional.empty()),
            type,
            new LinkedHashSet<>(EnumSet.allOf(SystemVariable.class))),
        presigner,
        new PolicySigner(address, "cn-hangzhou", credentials, clock),
        new MultipartIssuer(new UploadTickets(() -> KEYS, clock), presigner, 100, clock));
  }

  private static GrantRequest request(
      UploadMethod method, RequestedVersion version, String key, String prefix) {
    return new GrantRequest(
        null,
        key,
        prefix,
        List.of("image/png"),
        1000L,
        method,
        version,
        Map.of("note", NOTE),
        null,
        null);
  }

  private static HttpResponse<String> upload(
      IssuedGrant grant, Map<String, String> changes, String content, String type)
      throws Exception {
    if (grant.method() == UploadMethod.PUT) {
      return put(grant.url(), grant.headers().get("content-type"), content);
    }
    Map<String, String> fields = new LinkedHashMap<>(grant.fields());
    fields.putAll(changes);
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(grant.url()))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofString(multipart(fields, content, type)))
            .build();
    return CLIENT.send(form, BodyHandlers.ofString());
  }

  private static HttpResponse<String> put(String url, String type, String content)
      throws Exception {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofString(content))
            .build();
    return CLIENT.send(put, BodyHandlers.ofString());
  }

  private static String multipart(Map<String, String> fields, String content, String type) {
    StringBuilder body = new StringBuilder();
    fields.forEach((name, value) ->
        body.append(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, value)));
    return body.append(
            "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cat.png\"\r\nContent-Type: %s\r\n\r\n%s\r\n--%s--\r\n"
                .formatted(BOUNDARY, type, content, BOUNDARY))
        .toString();
  }

  private static Map<String, String> callback(BodyType type) throws Exception {
    String body = CALLBACKS.poll(10, TimeUnit.SECONDS);
    Map<String, String> fields = new HashMap<>();
    if (type == BodyType.JSON) {
      new ObjectMapper()
          .readTree(body)
          .properties()
          .forEach(p -> fields.put(p.getKey(), p.getValue().asText()));
    } else {
      Stream.of(body.split("&"))
          .map(pair -> pair.split("=", -1))
          .forEach(pair -> fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
    return fields;
  }

  private static VerifiedGrant verify(Map<String, String> fields) throws Exception {
    return new GrantVerifier(() -> KEYS, Clock.systemUTC())
        .verify(
            fields.get("grant"),
            new ReportedUpload(
                fields.get("bucket"),
                fields.get("object"),
                Long.valueOf(fields.get("size")),
                fields.get("mimeType")));
  }
}
