package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.base64;
import static quayside.laptop.oss.CallbackParameters.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback on the wire: what the receiver gets, byte by byte. */
class CallbackTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
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

  private static HttpResponse<String> put(
      String key, String content, CallbackReceiver receiver, String template) throws Exception {
    return client.put(
        key, content, Map.of("x-oss-callback", callback(receiver.url("/cb"), template)));
  }

  private static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder()
        .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(bytes));
  }

  private static JsonNode json(String resource) throws IOException {
    try (InputStream in = CallbackTest.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
