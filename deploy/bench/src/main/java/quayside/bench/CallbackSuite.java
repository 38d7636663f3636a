package quayside.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import quayside.bench.load.Callbacks;
import quayside.bench.load.Callbacks.Connection;
import quayside.bench.load.HttpLoad;
import quayside.bench.load.LoadResult;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/**
 * What a callback costs and how many there can be, beside an endpoint of the same process that
 * reads the body and returns the same answer. Accepted means verified and acknowledged by a real
 * broker, which runs on the same processors, as the load generator does.
 */
final class CallbackSuite {
  private static final String BASELINE = "/bench/baseline";
  private static final int CONCURRENCY = 64;
  private static final int OPEN_LIMIT = 2000;
  private static final int ATTEMPTS = 5;

  private final Parts parts;
  private final SigningKey key = SigningKey.generate();
  private final Callbacks callbacks = new Callbacks(key);

  CallbackSuite(Parts parts) {
    this.parts = parts;
  }

  List<Measure> run(String bootstrapServers) throws IOException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    try (Ingress ingress = Ingress.start(parts, key, bootstrapServers, List.of())) {
      for (Connection connection : Connection.values()) {
        String how = connection == Connection.CLOSE ? "a connection each" : "keep-alive";
        warmUp(ingress, connection);
        Saturation saturation = saturation(ingress, connection);
        measures.add(saturation.measure(how));
        double rate = saturation.callbacks() / 2;
        measures.addAll(cost(ingress, connection, how, rate));
      }
    }
    return measures;
  }

  private record Saturation(double callbacks, double baseline) {
    Measure measure(String how) {
      Measure measure =
          Measure.of(
              "saturation, " + how, callbacks, "/s", "empty endpoint", baseline);
      return how.equals("keep-alive") ? measure : measure.ratioAtLeast(0.6);
    }
  }

  private void warmUp(Ingress ingress, Connection connection) throws IOException {
    Parts.progress("Warming up (%s) ...", connection);
    int count = parts.atFullLength(100_000, 4_000);
    closed(ingress, connection, BASELINE, count);
    closed(ingress, connection, "", count);
  }

  private Saturation saturation(Ingress ingress, Connection connection) throws IOException {
    int count = parts.atFullLength(20_000, 4_000);
    List<Double> baseline = new ArrayList<>();
    List<Double> accepted = new ArrayList<>();
    for (int round = 0; round < parts.atFullLength(3, 1); round++) {
      baseline.add(closed(ingress, connection, BASELINE, count).throughput());
      accepted.add(closed(ingress, connection, "", count).throughput());
      Parts.progress(
          "Saturation (%s): %.0f/s, empty endpoint %.0f/s",
          connection, accepted.getLast(), baseline.getLast());
    }
    return new Saturation(Parts.median(accepted), Parts.median(baseline));
  }

  private List<Measure> cost(Ingress ingress, Connection connection, String how, double rate)
      throws IOException {
    List<Double> baseline = new ArrayList<>();
    List<Double> accepted = new ArrayList<>();
    Histogram latency = new Histogram(3);
    for (int round = 0; round < parts.atFullLength(5, 1); round++) {
      baseline.add(micros(ingress, connection, BASELINE, rate, new Histogram(3)));
      accepted.add(micros(ingress, connection, "", rate, latency));
      Parts.progress(
          "At %.0f/s (%s): %.0f us CPU a callback, empty endpoint %.0f us",
          rate, connection, accepted.getLast(), baseline.getLast());
    }
    String half = "at half of saturation, " + how;
    return List.of(
        Measure.of(
                "CPU a callback, " + how,
                Parts.median(accepted),
                "us",
                "empty endpoint",
                Parts.median(baseline))
            .ratioAtMost(1.6),
        Measure.of("latency p50 " + half, latency.getValueAtPercentile(50) / 1000.0, "ms"),
        Measure.of("latency p99 " + half, latency.getValueAtPercentile(99) / 1000.0, "ms")
            .atMost(25),
        Measure.of("latency p99.9 " + half, latency.getValueAtPercentile(99.9) / 1000.0, "ms")
            .atMost(100));
  }

  // A machine with other work may stop the broker for seconds; such a round tells nothing.
  private double micros(
      Ingress ingress, Connection connection, String path, double rate, Histogram latency)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      byte[][] requests = requests(connection, path, (int) (rate * parts.atFullLength(4, 2)));
      Duration before = ingress.process().cpuTime();
      try (HttpLoad load = new HttpLoad(ingress.port(), requests, connection)) {
        LoadResult result = load.openLoop(rate, OPEN_LIMIT);
        Duration used = ingress.process().cpuTime().minus(before);
        if (result.accepted() == result.sent() || attempt == ATTEMPTS) {
          result.requireAllAccepted();
          latency.add(result.latency());
          return used.toNanos() / 1000.0 / result.accepted();
        }
        Parts.progress("Not all were accepted (%s); once more", result.counts());
      }
    }
  }

  private LoadResult closed(Ingress ingress, Connection connection, String path, int count)
      throws IOException {
    byte[][] requests = requests(connection, path, count);
    try (HttpLoad load = new HttpLoad(ingress.port(), requests, connection)) {
      return load.closedLoop(CONCURRENCY).requireAllAccepted();
    }
  }

  private byte[][] requests(Connection connection, String path, int count) {
    return path.isEmpty()
        ? callbacks.requests(count, connection)
        : callbacks.requests(count, connection, path);
  }
}
