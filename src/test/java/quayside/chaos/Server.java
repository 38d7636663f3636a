package quayside.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process of its own that can be killed and started again on the same port with the
 * same data. Ends with this JVM, however that ends. Each start has an output file of its own. Used
 * by one thread.
 */
class Server implements AutoCloseable {
  private static final Path GUARD =
      Path.of("deploy/laptop/src/main/resources/quayside/laptop/guard.sh");
  private static final Duration START_LIMIT = Duration.ofSeconds(180);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final String name;
  private final Pattern ready;
  private final List<String> command;
  private int starts;
  private @Nullable Process process;

  /**
   * A server that does not run yet.
   *
   * @param directory where its output goes
   * @param ready found in its output when it serves
   */
  Server(Path directory, String name, String ready, List<String> command) {
    this.directory = directory;
    this.name = name;
    this.ready = Pattern.compile(ready);
    this.command = List.copyOf(command);
  }

  /** The java executable that runs us. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A port on loopback that nobody listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and returns when it serves. */
  final void start() {
    begin();
    awaitReady();
  }

  /** Starts it. */
  final void begin() {
    try {
      starts++;
      Files.createDirectories(directory);
      List<String> guarded =
          new ArrayList<>(List.of("bash", "-c", Files.readString(GUARD), "guard", "TERM"));
      guarded.addAll(command);
      process =
          new ProcessBuilder(guarded)
              .redirectErrorStream(true)
              .redirectOutput(log().toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it serves. */
  final void awaitReady() {
    await(name + " serves").atMost(START_LIMIT).until(this::isReady);
  }

  /** {@code SIGKILL}, to it and to every process it started; returns when all of them are gone. */
  final void kill() {
    Process running = running();
    List<ProcessHandle> all = running.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await(name + " is killed").atMost(STOP_LIMIT).until(() -> !running.isAlive());
    await(name + " is killed").atMost(STOP_LIMIT).until(() -> all.stream().noneMatch(Server::runs));
    process = null;
  }

  /** {@code SIGTERM}; returns when it has ended. */
  final void stop() {
    Process running = running();
    try {
      running.getOutputStream().close();
      if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
      process = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  final boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    if (isRunning()) {
      stop();
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }

  private boolean isReady() throws IOException {
    String output = Files.readString(log());
    if (ready.matcher(output).find()) {
      return true;
    }
    if (!running().isAlive()) {
      throw new IllegalStateException(name + " did not start:\n" + output);
    }
    return false;
  }

  private Path log() {
    return directory.resolve(name + "-" + starts + ".log");
  }

  // One that is dead and that nobody has asked for its status has no memory any more.
  private static boolean runs(ProcessHandle handle) {
    Path status = Path.of("/proc", Long.toString(handle.pid()), "status");
    if (!handle.isAlive() || !Files.exists(Path.of("/proc/self"))) {
      return handle.isAlive();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines.noneMatch(line -> line.startsWith("State:") && line.contains("Z"));
    } catch (IOException | UncheckedIOException gone) {
      return false;
    }
  }
}
