package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.callback;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a callback goes: the first of its URLs that answers, and none that must not be called. */
class CallbackUrlsTest {
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

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
