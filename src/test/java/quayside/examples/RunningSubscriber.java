package quayside.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A subscriber as a process, and what it says. */
final class RunningSubscriber implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private RunningSubscriber(Process process) {
    this.process = process;
    this.readers =
        List.of(
            read(process.inputReader(StandardCharsets.UTF_8), lines),
            read(process.errorReader(StandardCharsets.UTF_8), messages));
  }

  static RunningSubscriber start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", EventTopics.SERVERS);
    // File names and keys in any script, whatever the locale of the machine.
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    try {
      return new RunningSubscriber(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** What it said on standard error so far. */
  String messages() {
    return String.join("\n", messages);
  }

  /** {@code kill -9}, of its children too. */
  void kill() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.toHandle().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    int killed = finish();
    assertThat(killed).as(messages()).isEqualTo(128 + 9);
  }

  /** SIGTERM; gives the exit code. */
  int stop() throws InterruptedException {
    // The handle: the process itself would close its outputs before we have read them.
    process.toHandle().destroy();
    return finish();
  }

  /** Waits for its end; gives the exit code. */
  int finish() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the subscriber does not end; it said:\n" + messages());
    }
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(10));
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Thread read(BufferedReader from, List<String> into) {
    return Thread.ofVirtual().start(() -> from.lines().forEach(into::add));
  }
}
