package quayside.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quayside.bench.load.Callbacks;
import quayside.bench.load.Callbacks.Connection;
import quayside.bench.load.HttpLoad;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/**
 * The journal in a real ingress: callbacks acknowledged while there is no broker, beside an empty
 * endpoint; then the broker starts and the journal is drained, beside a bare Kafka producer that
 * sends as many records of that size.
 */
final class JournalSuite {
  private static final int CONCURRENCY = 256;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Parts parts;
  private final SigningKey key = SigningKey.generate();
  private final Callbacks callbacks = new Callbacks(key);

  JournalSuite(Parts parts) {
    this.parts = parts;
  }

  List<Measure> run() throws IOException, InterruptedException {
    int kafkaPort = ServerProcess.freePort();
    List<Measure> measures = new ArrayList<>();
    try (Ingress ingress = Ingress.start(parts, key, "127.0.0.1:" + kafkaPort, List.of())) {
      fillJournal(ingress, parts.atFullLength(20_000, 2_000), "");
      measures.add(acknowledged(ingress));
      long depth = (long) ingress.metric("quayside_journal_depth");
      double recordSize = ingress.metric("quayside_journal_bytes") / depth;
      try (Broker broker = Broker.start(parts, kafkaPort)) {
        measures.add(drained(ingress, depth, broker.bootstrapServers(), (int) recordSize));
      }
    }
    return measures;
  }

  private Measure acknowledged(Ingress ingress) throws IOException {
    List<Double> baseline = new ArrayList<>();
    List<Double> acknowledged = new ArrayList<>();
    int count = parts.atFullLength(100_000, 3_000);
    for (int round = 0; round < parts.atFullLength(3, 1); round++) {
      baseline.add(fillJournal(ingress, count, "/bench/baseline"));
      acknowledged.add(fillJournal(ingress, count, ""));
      Parts.progress("Journal: %.0f/s acknowledged", acknowledged.getLast());
    }
    return Measure.of(
            "acknowledged while Kafka is away, keep-alive",
            Parts.median(acknowledged),
            "/s",
            "empty endpoint",
            Parts.median(baseline))
        .atLeast(5_000);
  }

  private double fillJournal(Ingress ingress, int count, String path) throws IOException {
    byte[][] requests =
        path.isEmpty()
            ? callbacks.requests(count, Connection.KEEP_ALIVE)
            : callbacks.requests(count, Connection.KEEP_ALIVE, path);
    try (HttpLoad load = new HttpLoad(ingress.port(), requests, Connection.KEEP_ALIVE)) {
      return load.closedLoop(CONCURRENCY).requireAllAccepted().throughput();
    }
  }

  // From the first sight of progress to the last: finding the broker again is not draining.
  private Measure drained(Ingress ingress, long depth, String bootstrapServers, int recordSize)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    double first = depth;
    long begin = System.nanoTime();
    for (double left = depth; left > 0; left = ingress.metric("quayside_journal_depth")) {
      if (first == depth) {
        first = left;
        begin = System.nanoTime();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(left + " events are still in the journal");
      }
      // Seldom: a scrape takes processor time from what is measured.
      TimeUnit.MILLISECONDS.sleep(250);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double bare = new BareProducer(bootstrapServers).recordsPerSecond((int) depth, recordSize);
    return Measure.of(
            "drained from the journal when Kafka is back",
            first / seconds,
            "/s",
            "bare producer",
            bare)
        .atLeast(20_000);
  }
}
