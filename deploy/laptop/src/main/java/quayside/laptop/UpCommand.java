package quayside.laptop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack, and Quayside when asked, in the foreground; Ctrl-C stops everything. */
@Command(
    name = "up",
    description =
        "Starts broker, database and OSS stand-in, then Quayside. Ctrl-C stops all of them; data is kept.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Mixin StackPorts ports = new StackPorts();

  @Option(
      names = "--data-dir",
      defaultValue = "${env:QUAYSIDE_DATA_DIR:-.quayside}",
      description = "Where data is kept (QUAYSIDE_DATA_DIR; default: ${DEFAULT-VALUE}).")
  Path dataDirectory = Path.of(".quayside");

  @Option(
      names = "--application",
      description = "Quayside's quarkus-run.jar; without it only the servers start.")
  @Nullable Path application;

  @Option(names = "--jvm-options", description = "File with the JVM options of Quayside.")
  @Nullable Path jvmOptions;

  @Option(
      names = "--opensearch",
      description =
          "quayside-opensearch.jar: starts OpenSearch as well and has Quayside search with it.")
  @Nullable Path opensearch;

  @Option(
      names = "--stop-on-eof",
      description = "Stop when standard input closes, for those who start us from a program.")
  boolean stopOnEof;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ports.settle(application != null, opensearch != null);
    try (DataDirectory data = DataDirectory.take(dataDirectory)) {
      System.out.println(
          "Starting Kafka, PostgreSQL and the OSS stand-in (data in " + data.path() + ") ...");
      LaptopStack stack = LaptopStack.start(data, ports, opensearch);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop-stack"));
      if (stopOnEof) {
        Thread.ofPlatform().daemon().name("stdin").start(UpCommand::exitAtEndOfInput);
      }
      if (application != null) {
        stack.startApplication(application, jvmOptions);
      }
      System.out.println(summary());
      if (stack.awaitEnd()) {
        throw new LaptopException(
            "A server ended by itself; its log is in " + data.of("logs") + ".");
      }
    }
    return 0;
  }

  private static void stop(LaptopStack stack) {
    System.out.println("Stopping ...");
    stack.close();
  }

  private static void exitAtEndOfInput() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException endOfInput) {
      // A broken pipe says the same as its end.
    }
    System.exit(0);
  }

  private String summary() {
    String servers =
        """

        Kafka       127.0.0.1:%d
        PostgreSQL  jdbc:postgresql://127.0.0.1:%d/quayside (user quayside, password quayside)
        OSS         http://127.0.0.1:%d (region cn-hangzhou, keys local/local-secret, bucket uploads)\
        """
            .formatted(ports.kafka, ports.postgres, ports.oss);
    if (opensearch != null) {
      servers += "\nOpenSearch  http://127.0.0.1:" + ports.opensearch;
    }
    if (application == null) {
      return servers + "\nStack ready";
    }
    return servers
        + """

        Console     http://127.0.0.1:%1$d/  (sign in with the API key local)
        Callback    http://127.0.0.1:%1$d/oss/callback
        Health      http://127.0.0.1:%2$d/q/health/ready
        Metrics     http://127.0.0.1:%2$d/q/metrics

        Try it:     drop a picture on the console, or: make demo
        Then:       curl 'http://127.0.0.1:%1$d/api/search?q=sunset'
        Stop:       Ctrl-C
        Ready\
        """
            .formatted(ports.http, ports.management);
  }
}
