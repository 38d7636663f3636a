package quayside.registry;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real Apicurio Registry as a process of its own on free ports of loopback, with nothing in it
 * and nothing kept. It ends with this JVM, however that ends. {@code make registry-test} says where
 * it is unpacked.
 */
public final class ApicurioResource implements QuarkusTestResourceLifecycleManager {
  private static final Path GUARD =
      Path.of("deploy/laptop/src/main/resources/quayside/laptop/guard.sh");
  private static final Path LOG = Path.of("target/apicurio.log");
  private static final Duration START_LIMIT = Duration.ofSeconds(180);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private Process process;

  @Override
  public Map<String, String> start() {
    String folder = System.getProperty("test.quayside.apicurio");
    if (folder == null) {
      throw new IllegalStateException("no registry is unpacked: run `make registry-test`");
    }
    int port = freePort();
    try {
      process =
          new ProcessBuilder(command(Path.of(folder), port))
              .redirectErrorStream(true)
              .redirectOutput(LOG.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("Apicurio Registry listens").atMost(START_LIMIT).until(this::listens);
    return Map.of("quayside.registry.url", "http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  @Override
  public void stop() {
    try {
      // It is guarded: it stops when nobody holds its standard input any more.
      process.getOutputStream().close();
      await().atMost(STOP_LIMIT).until(() -> !process.isAlive());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path folder, int port) throws IOException {
    return List.of(
        "bash",
        "-c",
        Files.readString(GUARD),
        "guard",
        "TERM",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.management.host=127.0.0.1",
        "-Dquarkus.management.port=" + freePort(),
        "-Dapicurio.storage.kind=sql",
        "-Dapicurio.storage.sql.kind=h2",
        "-jar",
        folder.resolve("quarkus-run.jar").toString());
  }

  private boolean listens() throws IOException {
    String output = Files.readString(LOG);
    if (!process.isAlive()) {
      throw new IllegalStateException("Apicurio Registry did not start:\n" + output);
    }
    return output.contains("Listening on");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
