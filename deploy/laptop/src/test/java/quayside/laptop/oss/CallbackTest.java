package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks on the wire: what the receiver gets, byte by byte, and what the uploader is told. */
class CallbackTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;

  @BeforeAll
  static void start() throws Exception {
    standIn =
        OssStandIn.start(
            OssStandInConfig.at(data).withPort(0).withCallbackTimeout(Duration.ofMillis(400)));
    client = new SignedClient(standIn.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    standIn.close();
  }

  /**
   * Set, order and case of the headers are those of the official capture and of the fullest public
   * dump.
   */
  @Test
  void headers_areThoseOfTheRecordedTraffic() throws Exception {
    List<String> recorded = new ArrayList<>();
    JsonNode capture = json("/oss/callbacks/docs-wireshark-signedcallback.json").get("headers");
    capture.fieldNames().forEachRemaining(recorded::add);
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      HttpResponse<String> answer =
          put("k", "hello oss callback", receiver, "filename=${object}&size=${size}");
      RawRequest callback = receiver.only();

      assertThat(callback.requestLine()).isEqualTo("POST /cb HTTP/1.1");
      assertThat(callback.headerNames()).containsExactlyInAnyOrderElementsOf(recorded);
      List<String> inOrder =
          List.of(
              "Host",
              "Connection",
              "Content-Length",
              "Authorization",
              "Content-MD5",
              "Content-Type",
              "Date",
              "User-Agent");
      assertThat(callback.headerNames()).startsWith(inOrder.toArray(String[]::new));
      assertThat(callback.header("Host")).isEqualTo("127.0.0.1");
      assertThat(callback.header("Connection")).isEqualTo("close");
      assertThat(callback.header("User-Agent")).isEqualTo("aliyun-oss-callback");
      assertThat(callback.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
      assertThat(callback.header("Content-MD5")).isEqualTo(md5(callback.bodyBytes()));
      assertThat(callback.header("Authorization")).hasSize(88);
      assertThat(callback.header("x-oss-additional-headers")).isEmpty();
      assertThat(callback.header("x-oss-signature-version")).isEqualTo("1.0");
      assertThat(callback.header("x-oss-tag")).isEqualTo("CALLBACK");
      assertThat(callback.header("eagleeye-rpcid")).isEqualTo("0.1");
      assertThat(callback.header("x-oss-bucket")).isEqualTo("uploads");
      assertThat(callback.header("x-oss-owner"))
          .isEqualTo(callback.header("x-oss-requester"))
          .matches("[0-9]+");
      assertThat(callback.header("x-oss-request-id"))
          .isEqualTo(answer.headers().firstValue("x-oss-request-id").orElseThrow());
      assertThat(
              new String(
                  Base64.getDecoder().decode(callback.header("x-oss-pub-key-url")),
                  StandardCharsets.UTF_8))
          .isEqualTo(standIn.publicKeyUrl());
      assertThat(callback.body()).isEqualTo("filename=k&size=18");
    }
  }

  @Test
  void publicKey_isServedWhereCallbacksSayItIs_andThePrivateOneIsTheOwnersAlone() throws Exception {
    HttpResponse<String> key = client.plain("GET", "/callback_pub_key_v1.pem");
    assertThat(key.statusCode()).isEqualTo(200);
    assertThat(key.body())
        .isEqualTo(Files.readString(standIn.publicKeyFile()))
        .startsWith("-----BEGIN PUBLIC KEY-----\nMFww");
    assertThat(Files.getPosixFilePermissions(data.resolve("callback_private_key_v1.pem")))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  /**
   * The path is signed decoded, plus signs stay, the query raw; without a query there is no
   * question mark.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.php?id=1&index=2",
        "/a%2Fb%20c+d/%E4%B8%AD?x=%20+&y",
        "/p?",
        "/?t=a/b?c"
      })
  void signature_verifiesForAnyTarget(String target) throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      client.put("k", "x", Map.of("x-oss-callback", callback(receiver.url(target), "a=${object}")));
      assertThat(receiver.only().isSignedWith(standIn.publicKeyFile())).isTrue();
      assertThat(receiver.only().requestLine())
          .isEqualTo("POST " + target.replaceFirst("\\?$", "") + " HTTP/1.1");
    }
  }

  @Test
  void verificationInThisTest_canFail() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      put("k", "x", receiver, "a=${object}");
      assertThat(
              receiver
                  .only()
                  .withBody("a=l".getBytes(StandardCharsets.UTF_8))
                  .isSignedWith(standIn.publicKeyFile()))
          .isFalse();
    }
  }

  @Test
  void everySystemVariable_isFilledForAnImage() throws Exception {
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(33, 44, BufferedImage.TYPE_INT_RGB), "png", png);
    String template =
        Stream.of(
                "bucket",
                "object",
                "etag",
                "size",
                "mimeType",
                "imageInfo.height",
                "imageInfo.width",
                "imageInfo.format",
                "crc64",
                "contentMd5",
                "vpcId",
                "clientIp",
                "reqId",
                "operation")
            .map(name -> "\\\"" + name + "\\\":${" + name + "}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String callback =
          base64(
              "{\"callbackUrl\":\"%s\",\"callbackBodyType\":\"application/json\",\"callbackBody\":\"{%s}\"}"
                  .formatted(receiver.url("/cb"), template));
      HttpResponse<String> answer =
          client.put(
              "pic.jpg",
              png.toByteArray(),
              Map.of(
                  "x-oss-callback",
                  callback,
                  "Content-Type",
                  "image/png",
                  "Content-MD5",
                  md5(png.toByteArray())));

      JsonNode body = new ObjectMapper().readTree(receiver.only().body());
      assertThat(body.get("bucket").asText()).isEqualTo("uploads");
      assertThat(body.get("object").asText()).isEqualTo("pic.jpg");
      assertThat('"' + body.get("etag").asText() + '"')
          .isEqualTo(answer.headers().firstValue("ETag").orElseThrow());
      assertThat(body.get("size").isNumber()).isTrue();
      assertThat(body.get("size").asInt()).isEqualTo(png.size());
      assertThat(body.get("mimeType").asText()).isEqualTo("image/png");
      assertThat(body.get("imageInfo.height").intValue()).isEqualTo(44);
      assertThat(body.get("imageInfo.width").intValue()).isEqualTo(33);
      assertThat(body.get("imageInfo.format").textValue()).isEqualTo("png");
      assertThat(body.get("crc64").bigIntegerValue().toString())
          .isEqualTo(answer.headers().firstValue("x-oss-hash-crc64ecma").orElseThrow());
      assertThat(body.get("contentMd5").asText()).isEqualTo(md5(png.toByteArray()));
      assertThat(body.get("vpcId").isNull()).isTrue();
      assertThat(body.get("clientIp").asText()).isEqualTo("127.0.0.1");
      assertThat(body.get("reqId").asText())
          .isEqualTo(answer.headers().firstValue("x-oss-request-id").orElseThrow());
      assertThat(body.get("operation").asText()).isEqualTo("PutObject");
    }
  }

  @Test
  void success_handsBodyTypeAndEtagToTheUploader() throws Exception {
    String xml =
        "HTTP/1.0 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Length: 5\r\n\r\n<a/>\n";
    try (CallbackReceiver receiver = CallbackReceiver.answering(xml)) {
      HttpResponse<String> answer = put("k", "hello oss callback", receiver, "a=b");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("<a/>\n");
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("application/xml; charset=utf-8");
      assertThat(answer.headers().firstValue("ETag"))
          .contains("\"87F9E0192C4DD82681271D9E38FB0E84\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 301 Moved~Location: /x~Content-Length: 2~~{} | Error status : 301. | 0007-00000203",
        "HTTP/1.1 201 Created~Content-Length: 2~~{} | Error status : 201. | 0007-00000203",
        "HTTP/1.1 500 Oops~Content-Length: 2~~{} | Error status : 500. | 0007-00000203",
        "HTTP/1.1 200 OK~Content-Length: 2~~OK | Response body is not valid json format. | 0007-00000205",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~{}~0~~ | Error status : 400.User server return no content-length value. | ''",
        "HTTP/1.1 200 OK~Content-Length: 0~~ | Error status : 400.User server return invalid content-length value. | ''",
        "HTTP/1.1 200 OK~Content-Length: 9999999~~{} | Error status : 400.User server return too long content-length value. | ''",
        "garbage~~ | Error status : -1.OSS can not connect to your callbackUrl, please check it. | ''",
      })
  void unacceptableAnswer_is203_andTheObjectStays(String raw, String message, String ec)
      throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(raw.replace("~", "\r\n"))) {
      String key = "kept-" + Math.abs(raw.hashCode());
      HttpResponse<String> answer = put(key, "kept", receiver, "a=b");

      assertThat(answer.statusCode()).isEqualTo(203);
      assertThat(answer.body())
          .contains("<Code>CallbackFailed</Code>", "<Message>" + message + "</Message>");
      if (ec.isEmpty()) {
        assertThat(answer.body()).doesNotContain("<EC>");
      } else {
        assertThat(answer.body()).contains("<EC>" + ec + "</EC>");
      }
      assertThat(client.get(key).body()).isEqualTo("kept");
    }
  }

  @Test
  void silentReceiver_isGivenUpAfterTheLimit() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering("")) {
      HttpResponse<String> answer = put("k", "x", receiver, "a=b");
      assertThat(answer.statusCode()).isEqualTo(203);
      assertThat(answer.body())
          .containsPattern(
              "Error status : -1 127\\.0\\.0\\.1:"
                  + receiver.port()
                  + " reply timeout, cost:[0-9]+ms, timeout:400ms");
    }
  }

  /** Dripping bytes must not extend the limit: it is for the whole exchange, not for each read. */
  @Test
  void drippingReceiver_isGivenUpAfterTheLimitToo() throws Exception {
    try (var listener = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> drip(listener));
      long started = System.nanoTime();
      HttpResponse<String> answer =
          client.put(
              "k",
              "x",
              Map.of(
                  "x-oss-callback",
                  callback("http://127.0.0.1:" + listener.getLocalPort() + "/", "a=b")));
      assertThat(answer.body()).contains("reply timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
    }
  }

  private static void drip(ServerSocket listener) {
    try (var socket = listener.accept()) {
      for (int i = 0; i < 100; i++) {
        socket.getOutputStream().write('H');
        socket.setSoTimeout(50);
        try {
          socket.getInputStream().readNBytes(4096);
        } catch (java.net.SocketTimeoutException e) {
          continue; // the pause between two drops
        }
      }
    } catch (IOException e) {
      // The stand-in hung up, which is what the test waits for.
    }
  }

  @Test
  void limitIsFiveSecondsUnlessATestShortensIt() {
    assertThat(OssStandInConfig.at(data).callbackTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void nobodyListening_isCannotConnect() throws Exception {
    HttpResponse<String> answer =
        client.put(
            "k",
            "x",
            Map.of("x-oss-callback", callback("http://127.0.0.1:" + closedPort() + "/", "a=b")));
    assertThat(answer.statusCode()).isEqualTo(203);
    assertThat(answer.body()).contains("Error status : -1.OSS can not connect to your callbackUrl");
  }

  @Test
  void nameThatDoesNotResolve_isCannotConnect() throws Exception {
    HttpResponse<String> answer =
        client.put("k", "x", Map.of("x-oss-callback", callback("http://nowhere.invalid/", "a=b")));
    assertThat(answer.statusCode()).isEqualTo(203);
    assertThat(answer.body()).contains("can not connect to your callbackUrl");
  }

  @Test
  void urls_areTriedInTurnUntilOneAnswers() throws Exception {
    try (CallbackReceiver failing =
            CallbackReceiver.answering("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}");
        CallbackReceiver silent = CallbackReceiver.answering("");
        CallbackReceiver good = CallbackReceiver.answering(CallbackReceiver.OK);
        CallbackReceiver never = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String urls =
          String.join(
              ";",
              failing.url("/1"),
              "127.0.0.1:" + closedPort() + "/2",
              silent.url("/3"),
              good.url("/4"),
              never.url("/5"));
      HttpResponse<String> answer =
          client.put("k", "x", Map.of("x-oss-callback", callback(urls, "a=${object}")));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(failing.only().body()).isEqualTo(good.only().body());
      assertThat(silent.received()).hasSize(1);
      assertThat(good.only().isSignedWith(standIn.publicKeyFile())).isTrue();
      assertThat(never.received()).isEmpty();
    }
  }

  @Test
  void allUrlsFailing_tellsTheLastFailure() throws Exception {
    try (CallbackReceiver first =
            CallbackReceiver.answering("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}");
        CallbackReceiver last =
            CallbackReceiver.answering("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}")) {
      HttpResponse<String> answer =
          client.put(
              "k",
              "x",
              Map.of("x-oss-callback", callback(first.url("/") + ";" + last.url("/"), "a=b")));
      assertThat(answer.body()).contains("Error status : 404.");
    }
  }

  @Test
  void callbackHost_replacesTheHostHeaderOnly() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String json =
          "{\"callbackUrl\":\"127.0.0.1:%d/cb\",\"callbackHost\":\"oss-cn-hangzhou.aliyuncs.com\",\"callbackBody\":\"a=b\"}"
              .formatted(receiver.port());
      client.put("k", "x", Map.of("x-oss-callback", base64(json)));
      assertThat(receiver.only().header("Host")).isEqualTo("oss-cn-hangzhou.aliyuncs.com");
    }
  }

  @Test
  void parameterInTheQuery_works_andInHeaderAndQueryIsRefused() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String callback = callback(receiver.url("/cb"), "v=${x:v}");
      String var = base64("{\"x:v\":\"1\"}");
      assertThat(
              client
                  .put("k", "x", Map.of(), Map.of("callback", callback, "callback-var", var))
                  .statusCode())
          .isEqualTo(200);
      assertThat(receiver.only().body()).isEqualTo("v=1");

      for (Map<String, String> header :
          List.of(Map.of("x-oss-callback", callback), Map.of("x-oss-callback-var", var))) {
        HttpResponse<String> mixed = client.put("mixed", "x", header, Map.of("callback", callback));
        assertThat(mixed.statusCode()).isEqualTo(400);
        assertThat(mixed.body()).contains("<EC>0007-00000027</EC>");
        assertThat(mixed.headers().firstValue("x-oss-ec")).contains("0007-00000027");
      }
      assertThat(client.get("mixed").statusCode()).isEqualTo(404);
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void publicCallbacksOnly_refusesLoopback(@TempDir Path other) throws Exception {
    try (OssStandIn strict =
            OssStandIn.start(OssStandInConfig.at(other).withPort(0).withPublicCallbacksOnly(true));
        SignedClient strictClient = new SignedClient(strict.endpoint())) {
      HttpResponse<String> answer =
          strictClient.put(
              "k", "x", Map.of("x-oss-callback", callback("127.0.0.1:8088/test.php", "a=b")));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("<EC>0007-00000008</EC>");
      assertThat(strictClient.get("k").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void requestId_beginsWithTheTimeOfTheRequest() throws Exception {
    String id = client.get("nothing").headers().firstValue("x-oss-request-id").orElseThrow();
    assertThat(id).matches("[0-9A-F]{24}");
    assertThat(Long.parseLong(id, 0, 8, 16))
        .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 1);
  }

  private static HttpResponse<String> put(
      String key, String content, CallbackReceiver receiver, String template) throws Exception {
    return client.put(
        key, content, Map.of("x-oss-callback", callback(receiver.url("/cb"), template)));
  }

  private static String callback(String url, String template) {
    return base64("{\"callbackUrl\":\"%s\",\"callbackBody\":\"%s\"}".formatted(url, template));
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder()
        .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(bytes));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(String resource) throws IOException {
    try (InputStream in = CallbackTest.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
