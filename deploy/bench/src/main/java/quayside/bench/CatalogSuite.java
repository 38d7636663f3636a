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
import quayside.bench.load.Uploads;
import quayside.bench.report.Measure;

/**
 * Rows a second of the catalog, beside a plain JDBC program that writes the same events with the
 * same statements in batches of the same size. Each is a process of its own that reads the same
 * records from Kafka into empty tables; the first third is for the compilers and does not count. Of
 * the application the other sinks are off; what the catalog tells the timeline is sent.
 */
final class CatalogSuite {
  private static final String TOPIC = "oss.object.uploaded.v1";
  private static final Pattern READING = Pattern.compile("Reading");

  private final Parts parts;
  private final Stack stack;

  CatalogSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    int count = parts.atFullLength(180_000, 15_000);
    try (Uploads uploads = new Uploads(stack.kafka(), TOPIC)) {
      Parts.progress("Publishing %,d events ...", count);
      uploads.publishDocuments(0, count);
    }
    makeTables();
    List<Double> plain = new ArrayList<>();
    List<Double> sink = new ArrayList<>();
    try (Groups groups = new Groups(stack.kafka())) {
      for (int round = 1; round <= parts.atFullLength(3, 1); round++) {
        plain.add(plain(groups, "plain-catalog-" + round, count));
        sink.add(sink(groups, "bench-catalog-" + round, count));
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

  // The migrations are the application's; it needs to start once before anybody else can write.
  private void makeTables() throws IOException, InterruptedException {
    Application.start(parts, stack, SigningKey.generate(), Application.only()).close();
  }

  private double plain(Groups groups, String group, int count)
      throws IOException, InterruptedException, SQLException {
    empty();
    List<String> command = new ArrayList<>(Parts.ownProgram(PlainCatalog.class));
    command.addAll(List.of(stack.kafka(), TOPIC, group, stack.jdbcUrl()));
    Path log = parts.work().resolve(group + ".log");
    try (ServerProcess program =
        ServerProcess.start("plain catalog", command, Map.of(), READING, log)) {
      return groups.rate(group, TOPIC, count / 3, count);
    }
  }

  private double sink(Groups groups, String group, int count)
      throws IOException, InterruptedException, SQLException {
    empty();
    List<String> settings = new ArrayList<>(Application.only("catalog-uploaded"));
    settings.add("quayside.catalog.group=" + group);
    try (Application application =
        Application.start(parts, stack, SigningKey.generate(), settings)) {
      return groups.rate(group, TOPIC, count / 3, count);
    }
  }

  private void empty() throws SQLException {
    stack.execute(
        "truncate catalog.object, catalog.inbox, catalog.rival, catalog.settlement", "checkpoint");
  }
}
