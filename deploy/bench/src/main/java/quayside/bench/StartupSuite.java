package quayside.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.load.Callbacks;
import quayside.bench.load.HttpLoad;
import quayside.bench.load.SigningKey;
import quayside.bench.report.Measure;

/**
 * How long the ingress takes from the start of its process until it listens, with the JDK's
 * ahead-of-time cache and without.
 */
final class StartupSuite {
  private final Parts parts;
  private final SigningKey key = SigningKey.generate();

  StartupSuite(Parts parts) {
    this.parts = parts;
  }

  List<Measure> run(String bootstrapServers) throws IOException, InterruptedException {
    Path cache = parts.work().resolve("ingress.aot");
    train(cache, bootstrapServers);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < parts.atFullLength(5, 1); round++) {
      without.add(millis(bootstrapServers, List.of()));
      with.add(millis(bootstrapServers, List.of("-XX:AOTCache=" + cache)));
      Parts.progress(
          "Start: %.0f ms with the cache, %.0f ms without", with.getLast(), without.getLast());
    }
    return List.of(
        Measure.of(
                "start of the ingress with the ahead-of-time cache",
                Parts.median(with),
                "ms",
                "without",
                Parts.median(without))
            .atMost(1000));
  }

  // As an image is built: one run that receives callbacks leaves the cache when it ends.
  private void train(Path cache, String bootstrapServers)
      throws IOException, InterruptedException {
    Parts.progress("Making the ahead-of-time cache ...");
    Callbacks.Connection close = Callbacks.Connection.CLOSE;
    byte[][] requests = new Callbacks(key).requests(500, close);
    try (Ingress ingress =
            Ingress.start(parts, key, bootstrapServers, List.of("-XX:AOTCacheOutput=" + cache));
        HttpLoad load = new HttpLoad(ingress.port(), requests, close)) {
      load.closedLoop(4).requireAllAccepted();
    }
  }

  private double millis(String bootstrapServers, List<String> options)
      throws IOException, InterruptedException {
    try (Ingress ingress = Ingress.start(parts, key, bootstrapServers, options)) {
      return ingress.process().startedIn().toMillis();
    }
  }
}
