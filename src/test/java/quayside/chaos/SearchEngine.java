package quayside.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real OpenSearch node with empty data, for an application that searches with it. */
final class SearchEngine implements AutoCloseable {
  private static final Path JAR = Path.of("deploy/opensearch/target/quayside-opensearch.jar");

  final Server server;
  private final int port;

  private SearchEngine(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  static SearchEngine start(Stack stack) {
    int port = Server.freePort();
    Path directory = stack.directory().resolve("opensearch");
    List<String> command =
        List.of(
            Server.java(),
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            JAR.toString(),
            "" + port,
            directory.toString());
    Server server = new Server(stack.directory(), "opensearch", "OpenSearch ready", command);
    server.start();
    return new SearchEngine(server, port);
  }

  Map<String, String> settings() {
    return Map.of(
        "quayside.search.engine", "opensearch",
        "quayside.search.opensearch.url", "http://127.0.0.1:" + port,
        "quayside.search.opensearch.replicas", "0");
  }

  @Override
  public void close() {
    server.close();
  }
}
