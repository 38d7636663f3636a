package quayside.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of its own whose database is on a small disk: a tmpfs in a mount namespace of
 * the server, for which nobody has to be root (Linux, with user namespaces). Its write-ahead log is
 * elsewhere, as on servers that are set up with care: where that is full PostgreSQL stops, which is
 * the scenario of a server that was killed.
 */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 64;
  private static final String DISK_FULL = "53100";

  /** Enough rows to fill it, whatever else is on it. */
  private static final String FILL =
      "insert into ballast select repeat('quayside', 1000) from generate_series(1, 2000)";

  private final Server server;
  private final int port;
  private final Path log;

  private SmallDisk(Server server, int port, Path log) {
    this.server = server;
    this.port = port;
    this.log = log;
  }

  /** Starts it with an empty database. */
  static SmallDisk start(Stack stack) throws IOException, SQLException {
    int port = Server.freePort();
    Path directory = Files.createTempDirectory(stack.directory(), "small-disk-");
    Path mount = Files.createDirectory(directory.resolve("mount"));
    String mounting =
        "mount -t tmpfs -o size=%dm tmpfs '%s' && exec \"$@\"".formatted(MEGABYTES, mount);
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounting, "sh"));
    command.addAll(stack.postgresCommand(port, directory));
    Server server = new Server(directory, "small-disk", "PostgreSQL ready", command);
    server.start();
    SmallDisk disk = new SmallDisk(server, port, directory.resolve("postgres.log"));
    disk.administer(
        "create tablespace small location '" + mount + "'",
        "alter database quayside set tablespace small",
        "create table ballast (filling text) tablespace small",
        "alter table ballast alter column filling set storage plain");
    return disk;
  }

  String url() {
    return url("quayside");
  }

  /** Leaves not a page free. */
  void fill() {
    await("disk full")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(this::isFullNow);
  }

  /** Returns when somebody else has met the full disk. */
  void awaitFelt() throws IOException {
    long before = complaints();
    await("writes that fail").atMost(Duration.ofSeconds(60)).until(() -> complaints() > before);
  }

  /** As when the operator finds something to delete. */
  void free() throws SQLException {
    administer("drop table ballast");
  }

  @Override
  public void close() {
    server.close();
  }

  private boolean isFullNow() {
    try {
      administer(FILL);
      return false;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as("%s", e).isEqualTo(DISK_FULL);
      return true;
    }
  }

  private long complaints() throws IOException {
    return Files.readString(log).lines().filter(line -> line.contains("No space left")).count();
  }

  private void administer(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url("postgres"), "quayside", "quayside");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
