package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon the ingress is ready and how much memory it takes, printed with what it was measured on.
 * The targets are those of a native executable; on a JVM the figures are only shown.
 */
@Tag("footprint")
class IngressFootprintIT {
  private static final int STARTS = 5;
  private static final int CALLBACKS = 10_000;
  private static final int CONNECTIONS = 8;

  private static final Duration START_TARGET = Duration.ofMillis(60);
  private static final long MEMORY_TARGET = 80L << 20;

  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TempDir Path directory;

  /** The median: a first start reads the files from the disk. */
  @Test
  void start_isQuick() {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (IngressProcess ingress = start()) {
        times.add(ingress.awaitReady());
      }
    }
    times.sort(null);
    Duration median = times.get(STARTS / 2);
    print("start until ready: %d ms (median of %d)".formatted(median.toMillis(), STARTS));

    if (IngressBinary.isNative()) {
      assertThat(median).isLessThan(START_TARGET);
    }
  }

  @Test
  void memoryAfterTenThousandCallbacks_isSmall() throws Exception {
    try (IngressProcess ingress = start()) {
      ingress.awaitReady();
      long idle = ingress.residentBytes();
      sendAll(ingress.port());
      long used = ingress.residentBytes();
      print(
          "resident memory: %d MiB when ready, %d MiB after %d callbacks"
              .formatted(idle >> 20, used >> 20, CALLBACKS));

      assertThat(ingress.metric("quayside_callback_published_total")).isEqualTo(CALLBACKS);
      if (IngressBinary.isNative()) {
        assertThat(used).isLessThan(MEMORY_TARGET);
      }
    }
  }

  private IngressProcess start() {
    return IngressProcess.start(directory.resolve("journal"), Map.of());
  }

  private static void print(String figure) {
    System.out.println("ingress (" + IngressBinary.label() + "): " + figure);
  }

  private void sendAll(int port) throws InterruptedException, ExecutionException {
    try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(senders.submit(() -> send(port, CALLBACKS / CONNECTIONS)));
      }
      for (Future<?> sender : all) {
        sender.get();
      }
    }
  }

  private Void send(int port, int count) throws IOException {
    byte[] callback = CallbackScenario.signedBy(signer).wire();
    try (Socket socket = RawHttp.connect(port)) {
      for (int i = 0; i < count; i++) {
        socket.getOutputStream().write(callback);
        assertThat(RawHttp.read(socket).status()).isEqualTo(200);
      }
    }
    return null;
  }
}
