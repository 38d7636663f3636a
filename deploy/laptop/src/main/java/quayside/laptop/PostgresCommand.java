package quayside.laptop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One PostgreSQL server in the foreground; its cluster is created at the first start. */
@Command(
    name = "postgres",
    description = "Runs a PostgreSQL server in the foreground (database and user quayside).",
    mixinStandardHelpOptions = true)
final class PostgresCommand implements Callable<Integer> {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  @Option(names = "--port", required = true, description = "Port on 127.0.0.1.")
  int port;

  @Option(names = "--data-dir", required = true, description = "Where the cluster is kept.")
  Path dataDirectory = Path.of(".");

  /** Returns when the server ends. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Postgres postgres = Postgres.open(dataDirectory);
    try (GuardedProcess server = GuardedProcess.start(postgres.server(port), dataDirectory)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
      server.awaitReady(START_LIMIT);
      System.out.println("PostgreSQL ready");
      return server.onExit().join().exitValue();
    }
  }
}
