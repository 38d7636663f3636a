package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.LaptopStackResource;

/**
 * The ingress as it is deployed, an {@link IngressBinary} as a process of its own, on free ports,
 * with a small heap, against the stack of the test run.
 */
final class IngressProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: http://127\\.0\\.0\\.1:(\\d+)\\. Management interface listening on"
              + " http://127\\.0\\.0\\.1:(\\d+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final long startNanos;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private int port;
  private int managementPort;

  private IngressProcess(ProcessBuilder command) throws IOException {
    startNanos = System.nanoTime();
    process = command.start();
  }

  /** Starts it and returns when it listens. */
  static IngressProcess start(Path journal, Map<String, String> settings) {
    try {
      IngressProcess ingress =
          new IngressProcess(
              new ProcessBuilder(IngressBinary.command(settings(journal, settings)))
                  .redirectErrorStream(true));
      ingress.awaitListening();
      return ingress;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  /** Waits until a load balancer would send to it; returns how long that took from its start. */
  Duration awaitReady() {
    await()
        .pollInterval(Duration.ofMillis(2))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(60))
        .until(this::isReady);
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Memory of the process; 0 where there is no {@code /proc}. */
  long residentBytes() {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    throw new IllegalStateException("the ingress did not start:\n" + String.join("\n", output));
  }

  private static Map<String, String> settings(Path journal, Map<String, String> settings)
      throws IOException {
    Map<String, String> all = new TreeMap<>();
    new LaptopStackResource()
        .start()
        .forEach((key, value) -> {
          if (key.startsWith("kafka.") || key.startsWith("quayside.callback.")) {
            all.put(key, value);
          }
        });
    all.put("quarkus.profile", "test");
    all.put("quarkus.http.port", "0");
    all.put("quarkus.management.port", "0");
    all.put("quayside.journal.directory", journal.toString());
    all.put("quayside.callback.keys.test.url", TestSigner.URL);
    all.put("quayside.callback.keys.test.pem-file", pemFile(journal));
    all.putAll(settings);
    return all;
  }

  private static String pemFile(Path journal) throws IOException {
    Path file = journal.resolveSibling("test_pub_key_v1.pem");
    return Files.writeString(file, CallbackTestKeyResource.signer().publicPem()).toString();
  }
}
