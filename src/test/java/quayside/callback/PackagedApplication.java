package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.LaptopStackResource;

/**
 * The ingress as it is deployed: the packaged application as a process of its own, on free ports,
 * with a small heap, against the stack of the test run. The sinks are off, since they would only
 * consume what is looked at here.
 */
final class PackagedApplication implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: http://127\\.0\\.0\\.1:(\\d+)\\. Management interface listening on"
              + " http://127\\.0\\.0\\.1:(\\d+)");
  private static final List<String> SINKS =
      List.of(
          "catalog-uploaded",
          "catalog-thumbnailed",
          "search-uploaded",
          "search-thumbnailed",
          "thumbnail-uploaded",
          "state",
          "state-retries");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private int port;
  private int managementPort;

  private PackagedApplication(Process process) {
    this.process = process;
  }

  /** Starts it and returns when it listens. */
  static PackagedApplication start(Path journal, Map<String, String> settings) {
    assertThat(JAR).as("./mvnw package makes it").exists();
    try {
      Process process =
          new ProcessBuilder(command(journal, settings)).redirectErrorStream(true).start();
      PackagedApplication application = new PackagedApplication(process);
      application.awaitListening();
      return application;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** As a load balancer asks. */
  boolean isReady() {
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (IOException gone) {
      return false;
    }
  }

  HttpResponse<String> get(String managementPath) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + managementPath);
    try {
      return HTTP.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The sum of all samples of a metric, from the exported text. */
  double metric(String name) {
    try {
      return get("/q/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code SIGTERM}. */
  void terminate() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** {@code SIGKILL}. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** The exit status. */
  int awaitExit(Duration limit) {
    try {
      assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
          .as("ended within %s: %s", limit, output)
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> output() {
    return List.copyOf(output);
  }

  @Override
  public void close() {
    kill();
    awaitExit(Duration.ofSeconds(10));
  }

  private void awaitListening() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        port = Integer.parseInt(listening.group(1));
        managementPort = Integer.parseInt(listening.group(2));
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(output::add));
        return;
      }
    }
    throw new IllegalStateException("the application did not start:\n" + String.join("\n", output));
  }

  private static List<String> command(Path journal, Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"));
    command.add("--enable-native-access=ALL-UNNAMED");
    Map<String, String> all = new java.util.TreeMap<>(new LaptopStackResource().start());
    all.put("quarkus.profile", "test");
    all.put("quarkus.http.port", "0");
    all.put("quarkus.management.port", "0");
    all.put("quarkus.flyway.migrate-at-start", "false");
    all.put("quayside.journal.directory", journal.toString());
    all.put("quayside.callback.keys.test.url", TestSigner.URL);
    all.put("quayside.callback.keys.test.pem-file", pemFile(journal));
    SINKS.forEach(sink -> all.put("mp.messaging.incoming." + sink + ".enabled", "false"));
    all.putAll(settings);
    all.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", JAR.toString()));
    return command;
  }

  private static String pemFile(Path journal) throws IOException {
    Path file = journal.resolveSibling("test_pub_key_v1.pem");
    return Files.writeString(file, CallbackTestKeyResource.signer().publicPem()).toString();
  }
}
