package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka broker with empty data and the topics of the contract. Compiled as in production,
 * unlike the laptop's, which is made to start quickly. Used by one thread.
 */
final class Broker implements AutoCloseable {
  private static final int PARTITIONS = 6;
  private static final List<String> TOPICS =
      List.of("oss.object.uploaded.v1", "oss.object.thumbnailed.v1");
  private static final Pattern READY = Pattern.compile("Kafka Server started");

  private final ServerProcess process;
  private final int port;

  private Broker(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** On a free port. */
  static Broker start(Parts parts) throws IOException, InterruptedException {
    return start(parts, ServerProcess.freePort());
  }

  /** On a port of the caller's choice. */
  static Broker start(Parts parts, int port) throws IOException, InterruptedException {
    Parts.progress("Starting a broker ...");
    Path data = Files.createTempDirectory(Files.createDirectories(parts.work()), "kafka-");
    List<String> command =
        List.of(
            Parts.java(),
            "-Xms256m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-jar",
            parts.laptop().toString(),
            "kafka",
            "--port",
            Integer.toString(port),
            "--controller-port",
            Integer.toString(ServerProcess.freePort()),
            "--data-dir",
            data.toString());
    ServerProcess process =
        ServerProcess.start("kafka", command, Map.of(), READY, data.resolveSibling("kafka.log"));
    Broker broker = new Broker(process, port);
    broker.createTopics();
    return broker;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
  }

  private void createTopics() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      List<NewTopic> topics =
          TOPICS.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      // A client that has waited for the broker may be faster; it gets as many partitions.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IOException("the topics could not be created", e);
      }
    }
  }
}
