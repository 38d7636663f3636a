package quayside.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import quayside.bench.capacity.CatchUp;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads;
import quayside.bench.load.Uploads.Upload;
import quayside.bench.report.Measure;

/**
 * Whether an outage goes as {@code make outage} says. Events arrive at a steady rate; for a while
 * the catalog cannot write, because somebody holds its tables; then it catches up while events go
 * on arriving. Beside the time that takes stands what the model says, given how fast the catalog
 * works off a backlog here and now.
 */
final class CatchUpSuite {
  private static final String GROUP = "bench-catchup";
  private static final String TOPIC = "bench.catchup";

  /** Of what the catalog can do; the load generator works on the same processors. */
  private static final double SHARE = 0.3;

  /** Events that are on their way in the best of times. */
  private static final double LAG_SECONDS = 0.5;

  private static final int PACE_MILLIS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Parts parts;
  private final Stack stack;
  private final AtomicLong published = new AtomicLong();
  private volatile boolean sending = true;

  CatchUpSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    int away = parts.atFullLength(30, 8);
    try (Application catalog = application();
        Uploads uploads = new Uploads(stack.kafka(), TOPIC);
        Groups groups = new Groups(stack.kafka())) {
      Parts.progress("Warming up %d ...", catalog.process().pid());
      publish(uploads, parts.atFullLength(150_000, 20_000));
      groups.await(GROUP, TOPIC, published.get());
      double capacity = capacity(uploads, groups);
      double rate = capacity * SHARE;
      Parts.progress("The catalog does %.0f/s; %.0f/s arrive", capacity, rate);
      double took = outage(uploads, groups, rate, away);
      return List.of(
          Measure.of("backlog worked off by the catalog", capacity, "/s"),
          Measure.of(
                  "caught up after %d s at %.0f/s".formatted(away, rate),
                  took,
                  "s",
                  "by the model",
                  CatchUp.seconds(rate, capacity, away))
              .ratioAtMost(1.5));
    }
  }

  private Application application() throws IOException {
    List<String> settings = new ArrayList<>(Application.only("catalog-uploaded"));
    settings.add("quayside.catalog.group=" + GROUP);
    settings.add("quayside.topics.object-uploaded=" + TOPIC);
    // The model has no back-off: the sink goes on when it can.
    settings.add("quayside.sink.max-retry-delay=200ms");
    return Application.start(parts, stack, SigningKey.generate(), settings);
  }

  // All of it waits before the first is worked off, as after an outage.
  private double capacity(Uploads uploads, Groups groups)
      throws IOException, InterruptedException, SQLException {
    try (Connection holder = hold()) {
      publish(uploads, parts.atFullLength(60_000, 10_000));
      holder.rollback();
    }
    return groups.rate(GROUP, TOPIC, published.get());
  }

  private double outage(Uploads uploads, Groups groups, double rate, int away)
      throws IOException, InterruptedException, SQLException {
    CompletableFuture<Void> load = CompletableFuture.runAsync(() -> send(uploads, rate));
    try {
      TimeUnit.SECONDS.sleep(3);
      try (Connection holder = hold()) {
        TimeUnit.SECONDS.sleep(away);
        holder.rollback();
      }
      return untilCaughtUp(groups, rate, load);
    } finally {
      sending = false;
      load.join();
    }
  }

  private double untilCaughtUp(Groups groups, double rate, CompletableFuture<Void> load)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (published.get() - groups.committed(GROUP, TOPIC) > rate * LAG_SECONDS) {
      if (load.isDone() || System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("the catalog does not catch up");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private Connection hold() throws SQLException {
    Connection connection = stack.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table catalog.inbox in access exclusive mode");
    }
    return connection;
  }

  private void publish(Uploads uploads, int count) {
    uploads.publishDocuments(published.get(), count);
    published.addAndGet(count);
  }

  private void send(Uploads uploads, double rate) {
    long first = published.get();
    long begin = System.nanoTime();
    while (sending) {
      long due = first + (long) ((System.nanoTime() - begin) / 1e9 * rate);
      for (long number = published.get(); number < due; number++) {
        uploads.send(number, Upload.document(number));
        published.incrementAndGet();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS));
    }
    uploads.flush();
  }
}
