package quayside.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Broker, PostgreSQL and OSS stand-in, each a process of its own, with empty data. One stack serves
 * all scenarios of a run, so each scenario has a folder of its own in the bucket; what one of them
 * killed is started again before the next.
 */
final class Stack {
  static final String BUCKET = "uploads";
  static final String UPLOADED = "oss.object.uploaded.v1";

  private static final Path JAR = Path.of("deploy/laptop/target/quayside-laptop.jar");
  static final String STATES = "oss.object.state.v1";
  private static final int PARTITIONS = 6;
  // Kafka's clients tell their whole configuration each time. Held, or the level would be
  // forgotten.
  private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA_CLIENTS.setLevel(Level.WARNING);
  }

  private static @Nullable Stack running;

  final Server kafka;
  final Server postgres;
  final Server oss;
  final int postgresPort = Server.freePort();
  private final int kafkaPort = Server.freePort();
  private final int ossPort = Server.freePort();
  private final Path directory;

  private Stack(Path directory) {
    this.directory = directory;
    List<String> kafkaPorts =
        List.of("--port", "" + kafkaPort, "--controller-port", "" + Server.freePort());
    kafka =
        server(
            "kafka",
            "Kafka Server started",
            command("kafka", List.of("-Xmx512m"), kafkaPorts, directory.resolve("kafka")));
    postgres =
        server(
            "postgres",
            "PostgreSQL ready",
            postgresCommand(postgresPort, directory.resolve("postgres")));
    List<String> ossPorts = List.of("--port", "" + ossPort);
    oss =
        server(
            "oss",
            "OSS stand-in ready",
            command("oss", List.of("-Xmx256m"), ossPorts, directory.resolve("oss")));
  }

  /** The stack of this run, everything in it running. */
  static synchronized Stack running() {
    if (running == null) {
      try {
        Path root = Files.createDirectories(Path.of("target/chaos"));
        running = new Stack(Files.createTempDirectory(root, "stack-").toAbsolutePath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    running.heal();
    return running;
  }

  Path directory() {
    return directory;
  }

  String kafkaAddress() {
    return "127.0.0.1:" + kafkaPort;
  }

  String ossEndpoint() {
    return "http://127.0.0.1:" + ossPort;
  }

  String postgresUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/quayside";
  }

  Connection connect() throws SQLException {
    return connect(postgresUrl(postgresPort));
  }

  static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "quayside", "quayside");
  }

  /** What tells the application where everything is. */
  Map<String, String> settings() {
    return Map.of(
        "kafka.bootstrap.servers", kafkaAddress(),
        "quarkus.datasource.jdbc.url", postgresUrl(postgresPort),
        "quarkus.datasource.username", "quayside",
        "quarkus.datasource.password", "quayside",
        "quayside.oss.endpoint", ossEndpoint(),
        "quayside.callback.keys.stand-in.url", ossEndpoint() + "/callback_pub_key_v1.pem",
        "quayside.callback.keys.stand-in.pem-file",
            directory.resolve("oss/callback_pub_key_v1.pem").toString());
  }

  /** Runs a PostgreSQL server in the foreground. */
  List<String> postgresCommand(int port, Path data) {
    return command("postgres", List.of("-Xmx64m"), List.of("--port", "" + port), data);
  }

  private void heal() {
    List<Server> dead =
        List.of(kafka, postgres, oss).stream().filter(server -> !server.isRunning()).toList();
    dead.forEach(Server::begin);
    dead.forEach(Server::awaitReady);
    createTopics();
  }

  private void createTopics() {
    List<String> names =
        List.of(
            UPLOADED,
            "oss.object.thumbnailed.v1",
            "oss.object.deleted.v1",
            STATES,
            "chaos.captured");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafkaAddress()))) {
      List<String> there = List.copyOf(admin.listTopics().names().get());
      admin
          .createTopics(
              names.stream().filter(name -> !there.contains(name)).map(Stack::topic).toList())
          .all()
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NewTopic topic(String name) {
    NewTopic topic = new NewTopic(name, PARTITIONS, (short) 1);
    return name.equals(STATES) ? topic.configs(Map.of("cleanup.policy", "compact")) : topic;
  }

  private Server server(String name, String ready, List<String> command) {
    return new Server(directory, name, ready, command);
  }

  private static List<String> command(
      String subcommand, List<String> jvm, List<String> options, Path data) {
    List<String> command = new ArrayList<>(List.of(Server.java()));
    command.addAll(jvm);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", JAR.toString(), subcommand));
    command.addAll(options);
    command.addAll(List.of(subcommand.equals("oss") ? "--data" : "--data-dir", data.toString()));
    return command;
  }
}
