package quayside.laptop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The stack as a process, started as `make run` and the tests of the application start it. */
final class RunningStack implements AutoCloseable {
  private final Process process;
  private final Path data;

  private RunningStack(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /** Starts it on free ports; returns when it says it is ready. */
  static RunningStack start(Path data) throws IOException {
    Process process = launch(data, "--kafka-port", "0", "--postgres-port", "0", "--oss-port", "0");
    StringBuilder output = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (line.equals("Stack ready")) {
        return new RunningStack(process, data);
      }
    }
    throw new IllegalStateException("not started:\n" + output);
  }

  static Process launch(Path data, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("up", "--stop-on-eof", "--data-dir", data.toString()));
    all.addAll(List.of(arguments));
    return new ProcessBuilder(JavaCommand.laptop(List.of(), all)).redirectErrorStream(true).start();
  }

  Process process() {
    return process;
  }

  String property(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("stack.properties"))) {
      properties.load(reader);
    }
    return properties.getProperty(name);
  }

  Connection database() throws IOException, SQLException {
    return DriverManager.getConnection(
        property("postgres.url"), property("postgres.username"), property("postgres.password"));
  }

  /** Stops it in good order. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
