package quayside.callback;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import quayside.DebianTool;

/** A real nginx on a free port of the loopback address. */
final class Nginx implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("deploy/proxy/nginx.conf");

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it in front of a port, with the documented configuration.
   *
   * @param change what to change in the configuration
   */
  static Nginx inFrontOf(int upstream, UnaryOperator<String> change) {
    try {
      return inFrontOf(upstream, change.apply(Files.readString(CONFIGURATION)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it in front of a port.
   *
   * @param configuration with the two variables of the documented one
   */
  static Nginx inFrontOf(int upstream, String configuration) {
    try {
      int port = freePort();
      Path folder =
          Files.createTempDirectory(Files.createDirectories(Path.of("target/nginx")), "run-")
              .toAbsolutePath();
      Files.createDirectory(folder.resolve("temp"));
      Files.writeString(
          folder.resolve("nginx.conf"),
          configuration
              .replace("${QUAYSIDE_LISTEN}", "127.0.0.1:" + port)
              .replace("${QUAYSIDE_UPSTREAM}", "127.0.0.1:" + upstream));
      Process process =
          new ProcessBuilder(
                  DebianTool.nginx().toString(),
                  "-p",
                  folder.toString(),
                  "-c",
                  "nginx.conf",
                  "-g",
                  "daemon off;")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      Nginx nginx = new Nginx(process, port);
      await(Files.readString(folder.resolve("output"))).until(nginx::answers);
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("nginx ended with " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
