package quayside.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import quayside.bench.baseline.PlainCatalog;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/**
 * Rows a second of the catalog, beside a plain JDBC program that writes the same events with the
 * same statements in batches of the same size. Each is a process of its own that reads a topic of
 * its own; they work in turns, into empty tables, and the first turn is for the compilers. Of the
 * application the other sinks are off; what the catalog tells the timeline is sent.
 */
final class CatalogSuite {
  private static final String GROUP = "bench-catalog";
  private static final String PLAIN_GROUP = "bench-plain";
  private static final String PLAIN_TOPIC = "bench.plain";
  private static final String SINK_TOPIC = "bench.sink";
  private static final Pattern READING = Pattern.compile("Reading");

  private final Parts parts;
  private final Stack stack;

  CatalogSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    int count = parts.atFullLength(40_000, 10_000);
    int warmUp = parts.atFullLength(150_000, 10_000);
    try (Application application = application();
        ServerProcess program = plainProgram();
        Backlog sink = new Backlog(stack, SINK_TOPIC, GROUP, application.process().pid());
        Backlog plain = new Backlog(stack, PLAIN_TOPIC, PLAIN_GROUP, program.pid())) {
      Parts.progress("Warming up ...");
      for (Backlog one : List.of(plain, sink)) {
        turn(one, warmUp);
        one.forget();
      }
      for (int round = 1; round <= parts.atFullLength(5, 1); round++) {
        turn(plain, count);
        turn(sink, count);
        Parts.progress("Catalog: %s; plain JDBC %s", sink, plain);
      }
      return List.of(
          Measure.of("rows into the catalog", sink.rate(), "/s", "plain JDBC program", plain.rate())
              .ratioAtLeast(0.7),
          Measure.of(
              "CPU of a row, with PostgreSQL's",
              sink.cost(),
              "us",
              "plain JDBC program",
              plain.cost()));
    }
  }

  private Application application() throws IOException {
    List<String> settings = new ArrayList<>(Application.only("catalog-uploaded"));
    settings.add("quayside.catalog.group=" + GROUP);
    settings.add("quayside.topics.object-uploaded=" + SINK_TOPIC);
    return Application.start(parts, stack, SigningKey.generate(), settings);
  }

  private ServerProcess plainProgram() throws IOException {
    List<String> command = new ArrayList<>(parts.ownProgram(PlainCatalog.class));
    command.addAll(List.of(stack.kafka(), PLAIN_TOPIC, PLAIN_GROUP, stack.jdbcUrl()));
    Path log = parts.work().resolve("plain-catalog.log");
    return ServerProcess.start("plain catalog", command, Map.of(), READING, log);
  }

  private void turn(Backlog backlog, int count)
      throws IOException, InterruptedException, SQLException {
    stack.execute(
        "truncate catalog.object, catalog.object_version, catalog.inbox, catalog.rival, catalog.settlement",
        "checkpoint");
    backlog.work(count);
  }
}
