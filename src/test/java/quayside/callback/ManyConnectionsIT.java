package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand connections that do nothing, or next to nothing, against the packaged application
 * with 128 MiB of heap; fewer where a process may not have as many open files, which the test then
 * says. And a storm of everything at a time, after which the exported counters must agree.
 */
class ManyConnectionsIT {
  private static final int WANTED = 10_000;

  /** More than a JVM and its tests have open on their own account. */
  private static final int OTHER_FILES = 1_000;

  private static final byte[] HALF_A_HEAD =
      "POST /oss/callback HTTP/1.1\r\nHost: a\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HALF_A_BODY =
      "POST /oss/callback HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nobject="
          .getBytes(StandardCharsets.US_ASCII);

  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TempDir Path directory;

  @Test
  void tenThousandIdleAndSlowConnections_keepNobodyWaiting() throws IOException {
    int count = Math.min(WANTED, openFiles() - OTHER_FILES);
    System.out.println("connections: " + count + " (at most " + openFiles() + " open files)");
    assertThat(count).isGreaterThanOrEqualTo(1_000);
    try (PackagedApplication application =
        PackagedApplication.start(directory.resolve("journal"), Map.of())) {
      assertAnsweredQuickly(application);
      double threads = application.metric("jvm_threads_live_threads");
      long memory = residentBytes(application);
      double slowHeads = timedOut(application);

      List<SocketChannel> connections = open(application, count);
      assertAnsweredQuickly(application);

      assertThat(application.metric("jvm_threads_live_threads")).isLessThan(threads + 10);
      assertThat((residentBytes(application) - memory) / count)
          .as("bytes of memory for each connection")
          .isLessThan(24 << 10);
      // One in four sent half a head, one in four half a body.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(timedOut(application) - slowHeads).isEqualTo(quarter(count)));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(application.metric("quayside_callback_refused_total"))
                  .isEqualTo(quarter(count)));
      assertAnsweredQuickly(application);
      assertConserved(application);
      for (SocketChannel connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void stormOfEverything_isCountedOnceEach() throws IOException {
    Map<String, String> narrow =
        Map.of(
            "quayside.callback.max-in-flight",
            "16",
            "quayside.journal.segment-size",
            "256K",
            "quayside.journal.max-size",
            "512K");
    try (PackagedApplication application =
        PackagedApplication.start(directory.resolve("journal"), narrow)) {
      assertAnsweredQuickly(application);
      List<Socket> sockets = new ArrayList<>();
      KafkaBroker.standStill();
      try {
        for (int i = 0; i < 400; i++) {
          Socket socket = RawHttp.connect(application.port());
          sockets.add(socket);
          socket.getOutputStream().write(anything(i));
        }
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertConserved(application));
      } finally {
        KafkaBroker.goOn();
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> application.metric("quayside_journal_depth") == 0);
      assertAnsweredQuickly(application);
      await().untilAsserted(() -> assertConserved(application));

      String metrics = application.get("/q/metrics").body();
      for (String reason :
          List.of("overloaded", "not-durable", "signature-mismatch", "body-timeout")) {
        assertThat(metrics)
            .as(reason)
            .containsPattern(
                "quayside_callback_(failed|refused)_total\\{[^}]*reason=\"" + reason + "\"[^}]*\\} [1-9]");
      }
      assertThat(application.metric("quayside_callback_published_total")).isPositive();
      assertThat(application.metric("quayside_callback_journalled_total")).isPositive();
    }
  }

  /** Large bodies, so that the journal is soon full. */
  private byte[] anything(int i) {
    CallbackScenario good =
        CallbackScenario.signedBy(signer)
            .withBody("bucket=uploads&object=storm%2F" + i + "&x:note=" + "n".repeat(20_000));
    return switch (i % 8) {
      case 5 -> good.withSignature(new byte[64]).wire();
      case 6 -> HALF_A_BODY;
      case 7 -> HALF_A_HEAD;
      default -> good.wire();
    };
  }

  private static List<SocketChannel> open(PackagedApplication application, int count)
      throws IOException {
    SocketAddress address = new InetSocketAddress("127.0.0.1", application.port());
    List<SocketChannel> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel connection = SocketChannel.open(address);
      connections.add(connection);
      if (i % 4 == 1) {
        connection.write(ByteBuffer.wrap(HALF_A_HEAD));
      } else if (i % 4 == 2) {
        connection.write(ByteBuffer.wrap(HALF_A_BODY));
      }
    }
    return connections;
  }

  private static double quarter(int count) {
    return count / 4;
  }

  private static double timedOut(PackagedApplication application) throws IOException {
    return application
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("quayside_connection_ended_total"))
        .filter(line -> line.contains("head-timeout"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private void assertAnsweredQuickly(PackagedApplication application) {
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      RawHttp.Reply reply =
          RawHttp.send(application.port(), CallbackScenario.signedBy(signer).wire());
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static void assertConserved(PackagedApplication application) {
    assertThat(application.metric("quayside_callback_received_total"))
        .isPositive()
        .isEqualTo(
            application.metric("quayside_callback_published_total")
                + application.metric("quayside_callback_journalled_total")
                + application.metric("quayside_callback_refused_total")
                + application.metric("quayside_callback_failed_total"));
  }

  private static int openFiles() {
    return (int)
        Math.min(
            Integer.MAX_VALUE,
            ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getMaxFileDescriptorCount());
  }

  /** Of the process; 0 where there is no {@code /proc}, which makes its growth 0. */
  private static long residentBytes(PackagedApplication application) throws IOException {
    Path status = Path.of("/proc/" + application.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }
}
