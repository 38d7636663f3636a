package quayside.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.bench.load.SigningKey;

/** The ingress as a process of its own, run as in production. Used by one thread. */
final class Ingress implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http");

  private final ServerProcess process;
  private final int port;
  private final int managementPort;

  private Ingress(ServerProcess process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts it on the broker, with a journal of its own. */
  static Ingress start(
      Parts parts, SigningKey key, String bootstrapServers, List<String> moreJvmOptions)
      throws IOException {
    Path data = Files.createTempDirectory(Files.createDirectories(parts.work()), "ingress-");
    Path publicKey = data.resolve("key.pem");
    key.writePublicKey(publicKey);
    int port = ServerProcess.freePort();
    int managementPort = ServerProcess.freePort();
    List<String> command = new ArrayList<>(List.of(Parts.java(), "@" + parts.ingressJvmOptions()));
    command.addAll(parts.moreJvmOptions());
    command.addAll(moreJvmOptions);
    command.addAll(
        List.of(
            // The only profile that trusts the key of a load generator.
            "-Dquarkus.profile=dev",
            "-Dkafka.bootstrap.servers=" + bootstrapServers,
            "-Dquayside.callback.keys.laptop.url=" + SigningKey.URL,
            "-Dquayside.callback.keys.laptop.pem-file=" + publicKey,
            "-Dquayside.journal.directory=" + data.resolve("journal"),
            "-jar",
            parts.ingress().toString()));
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_HTTP_PORT", Integer.toString(port),
            "QUAYSIDE_MANAGEMENT_PORT", Integer.toString(managementPort),
            "QUAYSIDE_DATA_DIR", data.toString());
    ServerProcess process =
        ServerProcess.start(
            "ingress", command, environment, LISTENING, data.resolve("ingress.log"));
    return new Ingress(process, port, managementPort);
  }

  ServerProcess process() {
    return process;
  }

  int port() {
    return port;
  }

  /** The value of an exported metric, summed over its tags. */
  double metric(String name) throws IOException, InterruptedException {
    Matcher sample =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{[^}]*})? (\\S+)").matcher(metrics());
    double sum = 0;
    while (sample.find()) {
      sum += Double.parseDouble(sample.group(2));
    }
    return sum;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
  }

  private String metrics() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
