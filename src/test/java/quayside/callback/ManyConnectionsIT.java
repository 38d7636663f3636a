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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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

  @AfterEach
  void contractIsKept() {
    KafkaBroker.assertContractKept();
  }

  @Test
  void tenThousandIdleAndSlowConnections_keepNobodyWaiting() throws IOException {
    int count = Math.min(WANTED, openFiles() - OTHER_FILES);
    System.out.println("connections: " + count + " (at most " + openFiles() + " open files)");
    assertThat(count).isGreaterThanOrEqualTo(1_000);
    try (IngressProcess application =
        IngressProcess.start(directory.resolve("journal"), Map.of())) {
      warmUp(application);
      Duration alone = usualTime(application);
      double threads = application.metric("jvm_threads_live_threads");
      long memory = application.residentBytes();

      List<SocketChannel> connections = open(application, count);
      assertThat(usualTime(application))
          .as("while %d connections are idle; alone %s", count, alone)
          .isLessThan(alone.multipliedBy(5).plusMillis(250));
      sendHalves(connections);
      warmUp(application);

      // One in four sent half a head, one in four half a body.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            assertThat(sum(application, "quayside_connection_ended_total", "head-timeout"))
                .isEqualTo(quarter(count));
            assertThat(sum(application, "quayside_callback_refused_total", "body-timeout"))
                .isEqualTo(quarter(count));
          });
      assertThat(application.metric("jvm_threads_live_threads")).isLessThan(threads + 40);
      assertThat((application.residentBytes() - memory) / count)
          .as("bytes of memory for each connection")
          .isLessThan(24 << 10);
      assertThat(usualTime(application)).isLessThan(alone.multipliedBy(5).plusMillis(250));
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
            "1",
            "quayside.journal.segment-size",
            "256K",
            "quayside.journal.max-size",
            "512K");
    try (IngressProcess application = IngressProcess.start(directory.resolve("journal"), narrow)) {
      warmUp(application);
      List<Socket> sockets = new ArrayList<>();
      KafkaBroker.standStill();
      try {
        // The first one waits for Kafka and has the only place.
        Socket first = RawHttp.connect(application.port());
        sockets.add(first);
        first.getOutputStream().write(anything(0));
        await().until(() -> application.metric("quayside_callback_in_flight") == 1);
        assertThat(RawHttp.send(application.port(), anything(0)).text()).contains("overloaded");
        assertThat(RawHttp.read(first).status()).isEqualTo(200);
        for (int i = 0; i < 400; i++) {
          Socket socket = RawHttp.connect(application.port());
          sockets.add(socket);
          socket.getOutputStream().write(anything(i));
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertConserved(application));
        fillJournal(application);
      } finally {
        KafkaBroker.goOn();
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> application.metric("quayside_journal_depth") == 0);
      warmUp(application);
      await().untilAsserted(() -> assertConserved(application));

      String metrics = application.get("/q/metrics").body();
      for (String reason :
          List.of("overloaded", "not-durable", "signature-mismatch", "body-timeout")) {
        assertThat(metrics)
            .as(reason)
            .containsPattern(
                "quayside_callback_(failed|refused)_total\\{[^}]*reason=\""
                    + reason
                    + "\"[^}]*\\} [1-9]");
      }
      assertThat(application.metric("quayside_callback_published_total")).isPositive();
      assertThat(application.metric("quayside_callback_journalled_total")).isPositive();
    }
  }

  /** How much of a storm gets as far as the journal is a matter of speed. */
  private void fillJournal(IngressProcess application) throws IOException {
    RawHttp.Reply reply = RawHttp.send(application.port(), large(0).wire());
    for (int i = 1; i < 100 && reply.status() == 200; i++) {
      reply = RawHttp.send(application.port(), large(i).wire());
    }
    assertThat(reply.text()).contains("not-durable");
  }

  /** Large bodies, so that the journal is soon full. */
  private CallbackScenario large(int i) {
    return CallbackScenario.signedBy(signer)
        .withBody("bucket=uploads&object=storm%2F" + i + "&x:note=" + "n".repeat(20_000));
  }

  private byte[] anything(int i) {
    CallbackScenario good = large(i);
    return switch (i % 8) {
      case 5 -> good.withSignature(new byte[64]).wire();
      case 6 -> HALF_A_BODY;
      case 7 -> HALF_A_HEAD;
      default -> good.wire();
    };
  }

  private static List<SocketChannel> open(IngressProcess application, int count)
      throws IOException {
    SocketAddress address = new InetSocketAddress("127.0.0.1", application.port());
    List<SocketChannel> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(SocketChannel.open(address));
    }
    return connections;
  }

  private static void sendHalves(List<SocketChannel> connections) throws IOException {
    for (int i = 0; i < connections.size(); i++) {
      if (i % 4 == 1) {
        connections.get(i).write(ByteBuffer.wrap(HALF_A_HEAD));
      } else if (i % 4 == 2) {
        connections.get(i).write(ByteBuffer.wrap(HALF_A_BODY));
      }
    }
  }

  private static int quarter(int count) {
    return count / 4;
  }

  private static double sum(IngressProcess application, String name, String reason)
      throws IOException {
    return application
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains("\"" + reason + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private void warmUp(IngressProcess application) {
    for (int i = 0; i < 50; i++) {
      assertThat(send(application).status()).isEqualTo(200);
    }
  }

  /** The median of some: one slow answer may be another process's doing. */
  private Duration usualTime(IngressProcess application) {
    long[] nanos = new long[21];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      assertThat(send(application).status()).isEqualTo(200);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[nanos.length / 2]);
  }

  private RawHttp.Reply send(IngressProcess application) {
    return RawHttp.send(application.port(), CallbackScenario.signedBy(signer).wire());
  }

  private static void assertConserved(IngressProcess application) {
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
}
