package quayside.operate.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a container engine learns from the exit code, and an operator from the line beside it. */
class HealthCommandTest {
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readyService_isWell() {
    answer("/q/health/ready", 200, "{\"status\":\"UP\",\"checks\":[]}");

    assertThat(run()).isZero();
    assertThat(err).asString().isEmpty();
  }

  @Test
  void failingCheck_isNamed() {
    answer(
        "/q/health/ready",
        503,
        "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"Signature\",\"status\":\"UP\"},"
            + "{\"name\":\"Sinks\",\"status\":\"DOWN\"}]}");

    assertThat(run()).isEqualTo(1);
    assertThat(err).asString().contains("not ready: Sinks").doesNotContain("Signature");
  }

  @Test
  void answerOfSomethingElse_isNotWell() {
    answer("/q/health/ready", 404, "<html>no such page</html>");

    assertThat(run()).isEqualTo(1);
    assertThat(err).asString().contains("status 404");
  }

  @Test
  void otherQuestion_isAsked() {
    answer("/q/health/ready", 503, "{}");
    answer("/q/health/live", 200, "{}");

    assertThat(run("--question", "live")).isZero();
  }

  @Test
  void silentService_isNotWaitedForLongerThanTheLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run(silent.getLocalPort(), "--timeout", "1")).isEqualTo(1);
      assertThat(err).asString().containsIgnoringCase("timed out");
    }
  }

  @Test
  void unknownQuestion_isBadUsage() {
    assertThat(run("--question", "happy")).isEqualTo(2);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private int run(String... options) {
    return run(server.getAddress().getPort(), options);
  }

  private int run(int port, String... options) {
    CommandLine command = new CommandLine(new HealthCommand()).setErr(new PrintWriter(err, true));
    String[] all = new String[options.length + 2];
    all[0] = "--management";
    all[1] = "http://127.0.0.1:" + port;
    System.arraycopy(options, 0, all, 2, options.length);
    return command.execute(all);
  }
}
