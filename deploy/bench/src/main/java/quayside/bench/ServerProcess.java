package quayside.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A process under measurement, or one that it needs. It ends with its standard input or by a
 * signal. Used by one thread.
 */
final class ServerProcess implements AutoCloseable {
  /** Clock ticks of /proc, which are hundredths of a second on every Linux. */
  private static final Duration TICK = Duration.ofMillis(10);

  private final String name;
  private final Process process;
  private final Duration startedIn;

  private ServerProcess(String name, Process process, Duration startedIn) {
    this.name = name;
    this.process = process;
    this.startedIn = startedIn;
  }

  /**
   * Starts a command and waits for the line that says it serves.
   *
   * @throws IOException with its output when it ends before
   */
  static ServerProcess start(
      String name, List<String> command, Map<String, String> environment, Pattern ready, Path log)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    long begin = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder output = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (ready.matcher(line).find()) {
        Duration startedIn = Duration.ofNanos(System.nanoTime() - begin);
        Files.writeString(log, output);
        Thread.ofPlatform().daemon().start(() -> keep(lines, log));
        return new ServerProcess(name, process, startedIn);
      }
    }
    throw new IOException(name + " did not start:\n" + output);
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** From the start of the process to the line that says it serves. */
  Duration startedIn() {
    return startedIn;
  }

  /** The time all its threads have had on processors, in user and kernel mode, so far. */
  Duration cpuTime() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return TICK.multipliedBy(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
  }

  /** The memory it occupies, in bytes. */
  long residentBytes() throws IOException {
    return bytes("VmRSS:");
  }

  /** The most memory it has occupied, in bytes. */
  long peakResidentBytes() throws IOException {
    return bytes("VmHWM:");
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  /** Ends it without warning, as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    // Not Process.destroy(), which closes the pipe of its output too: the JVM that writes an
    // ahead-of-time cache at its end would fail on that.
    process.toHandle().destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private long bytes(String field) throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> new IOException(name + " has ended"));
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  private static void keep(BufferedReader lines, Path log) {
    try (var writer = Files.newBufferedWriter(log, java.nio.file.StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.write(line);
        writer.newLine();
        writer.flush();
      }
    } catch (IOException ended) {
      // With the process.
    }
  }
}
