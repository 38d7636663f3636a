package quayside.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.baseline.BulkDocuments;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/**
 * Documents a second of the search index, from events on Kafka, beside a bare bulk client that
 * writes the very documents the sink has just made, ready in its memory. They work in turns, into
 * empty tables; the first turn is for the compilers.
 */
final class SearchSuite {
  private static final String GROUP = "bench-search";
  private static final String TOPIC = "bench.sink";

  private final Parts parts;
  private final Stack stack;

  SearchSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    List<Double> bulk = new ArrayList<>();
    int count = parts.atFullLength(40_000, 10_000);
    List<String> settings = new ArrayList<>(Application.only("search-uploaded"));
    settings.add("quayside.search.group=" + GROUP);
    settings.add("quayside.topics.object-uploaded=" + TOPIC);
    try (Application application =
            Application.start(parts, stack, SigningKey.generate(), settings);
        Backlog sink = new Backlog(stack, TOPIC, GROUP, application.process().pid())) {
      Parts.progress("Warming up ...");
      sink.work(parts.atFullLength(150_000, 10_000));
      sink.forget();
      bulk();
      for (int round = 1; round <= parts.atFullLength(5, 1); round++) {
        empty();
        sink.work(count);
        bulk.add(bulk());
        Parts.progress("Search: %s; bulk %.0f/s", sink, bulk.getLast());
      }
      return List.of(
          Measure.of(
                  "documents into the search index, PostgreSQL",
                  sink.rate(),
                  "/s",
                  "bare bulk client",
                  Parts.median(bulk))
              .ratioAtLeast(0.7),
          Measure.of("CPU of a document, with PostgreSQL's", sink.cost(), "us"));
    }
  }

  private double bulk() throws SQLException {
    try (Connection connection = stack.connect()) {
      BulkDocuments documents = new BulkDocuments(connection);
      empty();
      return documents.documentsPerSecond(connection);
    }
  }

  private void empty() throws SQLException {
    stack.execute("truncate search.documents, search.thumbnails", "checkpoint");
  }
}
