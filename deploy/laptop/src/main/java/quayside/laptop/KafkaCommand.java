package quayside.laptop;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import kafka.Kafka;
import kafka.tools.StorageTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One Kafka node in KRaft mode, broker and controller in one process, in the foreground. */
@Command(
    name = "kafka",
    description = "Runs a single Kafka node (KRaft) in the foreground.",
    mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {
  // Formatting again, as every start does, wants the same id: base64 of "QuaysideLaptop00".
  private static final String CLUSTER_ID = "UXVheXNpZGVMYXB0b3AwMA";

  @Option(names = "--port", required = true, description = "Port for clients on 127.0.0.1.")
  int port;

  @Option(
      names = "--controller-port",
      required = true,
      description = "Port for the controller on 127.0.0.1.")
  int controllerPort;

  @Option(names = "--data-dir", required = true, description = "Where topics are kept.")
  Path dataDirectory = Path.of(".");

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(dataDirectory);
    Path config = dataDirectory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(config)) {
      configuration().store(writer, "Written at every start");
    }
    StorageTool.execute(
        new String[] {
          "format", "--ignore-formatted", "--cluster-id", CLUSTER_ID, "--config", config.toString()
        },
        System.out);
    Kafka.main(new String[] {config.toString()});
    return 0;
  }

  private Properties configuration() {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.setProperty("log.dirs", dataDirectory.resolve("logs").toString());
    // Topics that nobody declared (retries, dead letters) appear with this many partitions and are
    // kept this long.
    p.setProperty("num.partitions", "6");
    p.setProperty("log.retention.ms", Long.toString(Duration.ofDays(30).toMillis()));
    p.setProperty("auto.create.topics.enable", "true");
    // One node: nothing to replicate to, nobody to wait for.
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("group.coordinator.rebalance.protocols", "classic,consumer");
    // A laptop is not a place for 1 GiB segments.
    p.setProperty("log.segment.bytes", Integer.toString(64 << 20));
    return p;
  }
}
