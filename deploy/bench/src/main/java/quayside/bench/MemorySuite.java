package quayside.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.load.Callbacks;
import quayside.bench.load.Callbacks.Connection;
import quayside.bench.load.HttpLoad;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/** Whether memory stays flat over many callbacks: the last part beside an early one. */
final class MemorySuite {
  private static final int PART = 20_000;
  private static final int CONCURRENCY = 64;
  private static final double MEBIBYTE = 1 << 20;

  private final Parts parts;
  private final SigningKey key = SigningKey.generate();
  private final Callbacks callbacks = new Callbacks(key);

  MemorySuite(Parts parts) {
    this.parts = parts;
  }

  List<Measure> run(String bootstrapServers) throws IOException, InterruptedException {
    int total = parts.atFullLength(1_000_000, 3 * PART);
    List<Double> resident = new ArrayList<>();
    try (Ingress ingress = Ingress.start(parts, key, bootstrapServers, List.of())) {
      for (int sent = PART; sent <= total; sent += PART) {
        send(ingress);
        resident.add(ingress.process().residentBytes() / MEBIBYTE);
        Parts.progress("%,d callbacks: %.0f MiB resident", sent, resident.getLast());
      }
    }
    int part = Math.max(1, resident.size() / 5);
    double early = Parts.median(resident.subList(part - 1, Math.min(2 * part, resident.size())));
    double late = Parts.median(resident.subList(resident.size() - part, resident.size()));
    return List.of(
        Measure.of(
                "resident memory after %,d callbacks, heap of 128 MiB".formatted(total),
                late,
                "MiB",
                "after a fifth",
                early)
            .ratioAtMost(1.1));
  }

  private void send(Ingress ingress) throws IOException {
    byte[][] requests = callbacks.requests(PART, Connection.KEEP_ALIVE);
    try (HttpLoad load = new HttpLoad(ingress.port(), requests, Connection.KEEP_ALIVE)) {
      load.closedLoop(CONCURRENCY).requireAllAccepted();
    }
  }
}
