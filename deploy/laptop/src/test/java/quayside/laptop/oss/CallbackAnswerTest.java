package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.callback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the uploader is told of each answer a receiver can give, and of none. */
class CallbackAnswerTest {
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
    try (var listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Integer> drops = CompletableFuture.supplyAsync(() -> drip(listener));
      HttpResponse<String> answer =
          client.put(
              "k",
              "x",
              Map.of(
                  "x-oss-callback",
                  callback("http://127.0.0.1:" + listener.getLocalPort() + "/", "a=b")));
      assertThat(answer.body()).contains("reply timeout");
      // 80 pauses of 50 ms are 4 seconds, or more when the machine stands still.
      assertThat(drops.get(60, TimeUnit.SECONDS)).isLessThan(80);
    }
  }

  /** How many drops were sent before the stand-in hung up; all, when it did not. */
  private static int drip(ServerSocket listener) {
    int sent = 0;
    try (var socket = listener.accept()) {
      socket.setSoTimeout(50);
      while (sent < 100 && !endsWithinAPause(socket)) {
        socket.getOutputStream().write('H');
        sent++;
      }
    } catch (IOException hungUp) {
      // Which is what the test waits for.
    }
    return sent;
  }

  private static boolean endsWithinAPause(Socket socket) throws IOException {
    byte[] request = new byte[4096];
    try {
      while (socket.getInputStream().read(request) >= 0) {
        // The request itself.
      }
      return true;
    } catch (SocketTimeoutException pause) {
      return false;
    }
  }

  @Test
  void limitIsFiveSecondsUnlessATestShortensIt() {
    assertThat(OssStandInConfig.at(data).callbackTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  private static HttpResponse<String> put(
      String key, String content, CallbackReceiver receiver, String template) throws Exception {
    return client.put(
        key, content, Map.of("x-oss-callback", callback(receiver.url("/cb"), template)));
  }
}
