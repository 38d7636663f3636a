package quayside.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Broker, database and OSS stand-in with empty data. Used by one thread. */
final class Stack implements AutoCloseable {
  private final ServerProcess process;
  private final Properties addresses;

  private Stack(ServerProcess process, Properties addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /** On free ports. */
  static Stack start(Parts parts) throws IOException {
    return start(parts, 0);
  }

  /** With the broker on a port of the caller's choice. */
  static Stack start(Parts parts, int kafkaPort) throws IOException {
    Parts.progress("Starting broker, database and OSS stand-in ...");
    Path data = Files.createTempDirectory(Files.createDirectories(parts.work()), "stack-");
    List<String> command =
        List.of(
            Parts.java(),
            "-jar",
            parts.laptop().toString(),
            "up",
            "--stop-on-eof",
            "--data-dir",
            data.toString(),
            "--kafka-port",
            Integer.toString(kafkaPort),
            "--postgres-port",
            "0",
            "--oss-port",
            "0");
    ServerProcess process =
        ServerProcess.start("stack", command, Map.of(), "Stack ready", data.resolve("stack.log"));
    Properties addresses = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("stack.properties"))) {
      addresses.load(reader);
    }
    return new Stack(process, addresses);
  }

  String bootstrapServers() {
    return addresses.getProperty("kafka.bootstrap.servers");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
  }
}
