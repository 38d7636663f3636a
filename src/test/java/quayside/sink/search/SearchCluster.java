package quayside.sink.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real OpenSearch node as a process of its own on a free port, with empty data. One serves all
 * tests of a run; each test class takes a name for its indexes. It ends with this JVM, however that
 * ends.
 */
final class SearchCluster {
  private static final Path JAR = Path.of("deploy/opensearch/target/quayside-opensearch.jar");
  private static @Nullable URI running;

  private SearchCluster() {}

  /** An index of its own, made at its first use. */
  static OpenSearchIndex create() {
    return create(new Config(url(), "test-" + UUID.randomUUID()));
  }

  static OpenSearchIndex create(SearchConfig.OpenSearch config) {
    return new OpenSearchIndex(client(config.url()), config, Duration.ofSeconds(10));
  }

  static OpenSearchClient client(URI url) {
    return new OpenSearchClient(url, Optional.empty(), Optional.empty());
  }

  /** Where the node listens; starts it when it does not run yet. */
  static synchronized URI url() {
    if (running == null) {
      try {
        running = launch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return running;
  }

  private static URI launch() throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing: run `make opensearch`");
    }
    Path data =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/opensearch")), "data-");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    JAR.toString(),
                    Integer.toString(port),
                    data.toString(),
                    "--stop-on-eof"))
            .redirectErrorStream(true)
            .start();
    StringBuilder output = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (line.startsWith("OpenSearch ready")) {
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(ignored -> {}));
        return URI.create("http://127.0.0.1:" + port);
      }
    }
    throw new IllegalStateException("OpenSearch did not start:\n" + output);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A configuration that makes what is written findable almost at once. */
  record Config(URI url, String index) implements SearchConfig.OpenSearch {
    @Override
    public Optional<String> username() {
      return Optional.empty();
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }

    @Override
    public int shards() {
      return 1;
    }

    @Override
    public int replicas() {
      return 0;
    }

    @Override
    public Duration refreshInterval() {
      return Duration.ofMillis(5);
    }

    @Override
    public Duration writeTimeout() {
      return Duration.ofSeconds(30);
    }
  }
}
