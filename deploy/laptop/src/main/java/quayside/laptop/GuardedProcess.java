package quayside.laptop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A server process that ends with this one, however this one ends ({@code guard.sh}). Its output
 * goes to a log file; the line that says it is ready is waited for.
 */
final class GuardedProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(65);

  private final String name;
  private final Path log;
  private final Process process;
  private final CompletableFuture<String> readyLine = new CompletableFuture<>();

  private GuardedProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * What to run.
   *
   * @param name of the server, for messages and the log file
   * @param stopSignal the signal that stops it in good order
   * @param ready matches the output line that says it serves
   * @param environment added to ours
   * @param echo sees every output line, besides the log file
   */
  record Spec(
      String name,
      List<String> command,
      String stopSignal,
      Pattern ready,
      Map<String, String> environment,
      Consumer<String> echo) {

    /** A server whose output only goes to its log file. */
    static Spec quiet(String name, List<String> command, String stopSignal, Pattern ready) {
      return new Spec(name, command, stopSignal, ready, Map.of(), line -> {});
    }
  }

  static GuardedProcess start(Spec spec, Path logDirectory) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", script(), "guard", spec.stopSignal()));
    command.addAll(spec.command());
    Files.createDirectories(logDirectory);
    Path log = logDirectory.resolve(spec.name() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    GuardedProcess guarded = new GuardedProcess(spec.name(), log, builder.start());
    // Not a virtual thread: reading a pipe holds its carrier.
    Thread.ofPlatform().daemon().name(spec.name() + "-output").start(() -> guarded.follow(spec));
    return guarded;
  }

  /**
   * Waits until the server says it serves.
   *
   * @throws LaptopException when it ends or stays silent; with the end of its log
   */
  void awaitReady(Duration limit) throws InterruptedException {
    try {
      readyLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LaptopException(name + " did not start. The end of " + log + ":\n" + tail(), e);
    } catch (TimeoutException e) {
      throw new LaptopException(
          name
              + " was not ready after "
              + limit.toSeconds()
              + " s. The end of "
              + log
              + ":\n"
              + tail(),
          e);
    }
  }

  /** Completes when the server ends, whether told to or not. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Stops the server in good order; by force when it takes too long. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Spec spec) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer file = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line + "\n");
        file.flush();
        spec.echo().accept(line);
        if (spec.ready().matcher(line).find()) {
          readyLine.complete(line);
        }
      }
    } catch (IOException e) {
      readyLine.completeExceptionally(e);
    }
    readyLine.completeExceptionally(new LaptopException(name + " ended"));
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }

  private static String script() throws IOException {
    try (InputStream in = GuardedProcess.class.getResourceAsStream("guard.sh")) {
      if (in == null) {
        throw new IllegalStateException("guard.sh is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
