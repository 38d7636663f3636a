package quayside.bench;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What the sinks work with, empty: broker, PostgreSQL, OSS stand-in and, when wanted, OpenSearch;
 * as the laptop starts them. Used by one thread.
 */
final class Stack implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Stack ready");

  private final ServerProcess process;
  private final Properties addresses;
  private final int openSearchPort;

  private Stack(ServerProcess process, Properties addresses, int openSearchPort) {
    this.process = process;
    this.addresses = addresses;
    this.openSearchPort = openSearchPort;
  }

  static Stack start(Parts parts, boolean withOpenSearch) throws IOException {
    Parts.progress("Starting broker, database and OSS stand-in ...");
    Path data = Files.createTempDirectory(Files.createDirectories(parts.work()), "stack-");
    int openSearchPort = ServerProcess.freePort();
    List<String> command =
        new ArrayList<>(List.of(Parts.java(), "-jar", parts.laptop().toString(), "up"));
    for (String server : List.of("kafka", "postgres", "oss")) {
      command.addAll(List.of("--" + server + "-port", "" + ServerProcess.freePort()));
    }
    command.addAll(List.of("--data-dir", data.toString(), "--stop-on-eof"));
    if (withOpenSearch) {
      command.addAll(
          List.of(
              "--opensearch",
              parts.opensearch().toString(),
              "--opensearch-port",
              Integer.toString(openSearchPort)));
    }
    ServerProcess process =
        ServerProcess.start("stack", command, Map.of(), READY, data.resolve("stack.log"));
    Properties addresses = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("stack.properties"))) {
      addresses.load(reader);
    }
    return new Stack(process, addresses, openSearchPort);
  }

  String kafka() {
    return addresses.getProperty("kafka.bootstrap.servers");
  }

  URI oss() {
    return URI.create(addresses.getProperty("oss.endpoint"));
  }

  URI openSearch() {
    return URI.create("http://127.0.0.1:" + openSearchPort);
  }

  /** Complete, with user and password. */
  String jdbcUrl() {
    return "%s?user=%s&password=%s"
        .formatted(
            addresses.getProperty("postgres.url"),
            addresses.getProperty("postgres.username"),
            addresses.getProperty("postgres.password"));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Executes statements, each committed by itself. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Processor time of all processes of PostgreSQL so far. */
  ProcessTree postgres() {
    return new ProcessTree(process.pid(), "postgres");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
  }
}
