package quayside.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.baseline.BulkDocuments;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads;
import quayside.bench.report.Measure;

/**
 * Documents a second of the search index, from events on Kafka, beside a bare bulk client that
 * writes the very documents the sink has just made, ready in its memory. The first third is for the
 * compilers and does not count.
 */
final class SearchSuite {
  private static final String TOPIC = "oss.object.uploaded.v1";

  private final Parts parts;
  private final Stack stack;

  SearchSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    int count = parts.atFullLength(120_000, 15_000);
    try (Uploads uploads = new Uploads(stack.kafka(), TOPIC)) {
      Parts.progress("Publishing %,d events ...", count);
      uploads.publishDocuments(0, count);
    }
    Application.start(parts, stack, SigningKey.generate(), Application.only()).close();
    List<Double> bulk = new ArrayList<>();
    List<Double> sink = new ArrayList<>();
    try (Groups groups = new Groups(stack.kafka())) {
      for (int round = 1; round <= parts.atFullLength(3, 1); round++) {
        sink.add(sink(groups, "bench-search-" + round, count));
        bulk.add(bulk());
        Parts.progress("Search: %.0f documents/s, bulk %.0f", sink.getLast(), bulk.getLast());
      }
    }
    return List.of(
        Measure.of(
                "documents into the search index, PostgreSQL",
                Parts.median(sink),
                "/s",
                "bare bulk client",
                Parts.median(bulk))
            .ratioAtLeast(0.7));
  }

  private double sink(Groups groups, String group, int count)
      throws IOException, InterruptedException, SQLException {
    empty();
    List<String> settings = new ArrayList<>(Application.only("search-uploaded"));
    settings.add("quayside.search.group=" + group);
    try (Application application =
        Application.start(parts, stack, SigningKey.generate(), settings)) {
      return groups.rate(group, TOPIC, count / 3, count);
    }
  }

  private double bulk() throws SQLException {
    try (Connection connection = stack.connect()) {
      BulkDocuments documents = new BulkDocuments(connection);
      empty();
      int third = documents.batches() / 3;
      documents.documentsPerSecond(connection, 0, third);
      return documents.documentsPerSecond(connection, third, documents.batches());
    }
  }

  private void empty() throws SQLException {
    stack.execute("truncate search.documents, search.thumbnails", "checkpoint");
  }
}
