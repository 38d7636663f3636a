package quayside.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One instance of the packaged application with its sinks, as it is deployed: a process of its own
 * with a small heap, a fixed port and a journal that survives it.
 */
final class Instance extends Server {
  static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final int managementPort;

  private Instance(
      Path directory, String name, List<String> command, int port, int managementPort) {
    super(directory, name, "Listening on: http", command);
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * An instance that does not run yet.
   *
   * @param directory for its journal and its output
   * @param settings override the usual ones
   */
  static Instance of(Stack stack, Path directory, String name, Map<String, String> settings) {
    return of(JAR, stack, directory, name, settings);
  }

  /** As above, of an application that was packaged elsewhere. */
  static Instance of(
      Path jar, Stack stack, Path directory, String name, Map<String, String> settings) {
    int port = freePort();
    int managementPort = freePort();
    Map<String, String> all = new TreeMap<>(stack.settings());
    all.put("quarkus.profile", "test");
    all.put("quarkus.http.port", "" + port);
    all.put("quarkus.management.port", "" + managementPort);
    all.put("quayside.journal.directory", directory.resolve(name + "-journal").toString());
    // A killed consumer is missed, and a dependency that is back is found, in seconds.
    all.put("kafka.session.timeout.ms", "6000");
    all.put("kafka.heartbeat.interval.ms", "2000");
    all.put("quayside.sink.max-retry-delay", "2s");
    all.put("quayside.sink.retry.first-delay", "1s");
    all.putAll(settings);
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
    // It starts often and lives for a minute.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    all.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    return new Instance(directory, name, command, port, managementPort);
  }

  /** Where OSS is told to call. */
  String callbackUrl() {
    return "http://127.0.0.1:" + port + "/oss/callback";
  }

  /** An answer of the API. */
  JsonNode get(String path) throws IOException {
    return send(port, HttpRequest.newBuilder(), path);
  }

  /** An answer of the management port. */
  JsonNode manage(String path) throws IOException {
    return send(managementPort, HttpRequest.newBuilder(), path);
  }

  /** An answer of the management port to a request with a body. */
  JsonNode manage(String path, String body) throws IOException {
    return send(managementPort, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
  }

  private JsonNode send(int port, HttpRequest.Builder request, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try {
      HttpResponse<String> answer =
          http.send(request.uri(uri).timeout(LIMIT).build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(uri + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
