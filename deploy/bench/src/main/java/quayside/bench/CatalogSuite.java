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
    List<Double> plain = new ArrayList<>();
    List<Double> sink = new ArrayList<>();
    int count = parts.atFullLength(40_000, 10_000);
    try (Application application = application();
        ServerProcess program = plainProgram();
        Backlog ofSink = new Backlog(stack, SINK_TOPIC, GROUP);
        Backlog ofPlain = new Backlog(stack, PLAIN_TOPIC, GROUP + "-plain")) {
      Parts.progress("Warming up %d and %d ...", application.process().pid(), program.pid());
      turn(ofPlain, parts.atFullLength(60_000, 10_000));
      turn(ofSink, parts.atFullLength(60_000, 10_000));
      for (int round = 1; round <= parts.atFullLength(5, 1); round++) {
        plain.add(turn(ofPlain, count));
        sink.add(turn(ofSink, count));
        Parts.progress("Catalog: %.0f rows/s, plain JDBC %.0f", sink.getLast(), plain.getLast());
      }
    }
    return List.of(
        Measure.of(
                "rows into the catalog",
                Parts.median(sink),
                "/s",
                "plain JDBC program",
                Parts.median(plain))
            .ratioAtLeast(0.7));
  }

  private Application application() throws IOException {
    List<String> settings = new ArrayList<>(Application.only("catalog-uploaded"));
    settings.add("quayside.catalog.group=" + GROUP);
    settings.add("quayside.topics.object-uploaded=" + SINK_TOPIC);
    return Application.start(parts, stack, SigningKey.generate(), settings);
  }

  private ServerProcess plainProgram() throws IOException {
    List<String> command = new ArrayList<>(Parts.ownProgram(PlainCatalog.class));
    command.addAll(List.of(stack.kafka(), PLAIN_TOPIC, GROUP + "-plain", stack.jdbcUrl()));
    Path log = parts.work().resolve("plain-catalog.log");
    return ServerProcess.start("plain catalog", command, Map.of(), READING, log);
  }

  private double turn(Backlog backlog, int count)
      throws IOException, InterruptedException, SQLException {
    stack.execute(
        "truncate catalog.object, catalog.inbox, catalog.rival, catalog.settlement", "checkpoint");
    return backlog.work(count);
  }
}
