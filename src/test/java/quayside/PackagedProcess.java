package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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

/**
 * The packaged application as a process of its own with a small heap, whether it starts or not.
 * Used by one thread.
 */
public final class PackagedProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: http://\\S+:(\\d+)\\. Management interface listening on http://\\S+:(\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private int port;
  private int managementPort;

  private PackagedProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param settings as system properties
   * @param environment variables beside those of this process
   */
  public static PackagedProcess begin(
      Map<String, String> settings, Map<String, String> environment) {
    assertThat(JAR).as("./mvnw package makes it").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@deploy/images/service.jvm", "-Xmx192m", "-XX:TieredStopAtLevel=1"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", JAR.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new PackagedProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it listens. */
  public PackagedProcess awaitListening() {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port = Integer.parseInt(listening.group(1));
          managementPort = Integer.parseInt(listening.group(2));
          Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(output::add));
          return this;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the application did not start:\n" + text());
  }

  /** Reads its output to the end; returns its exit status. */
  public int awaitExit() {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(output::add);
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it wrote so far. */
  public String text() {
    return String.join("\n", output);
  }

  public long pid() {
    return process.pid();
  }

  /** An address on its HTTP port. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  public HttpResponse<String> post(String path) {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString("{}")));
  }

  public HttpResponse<String> post(String path, String apiKey, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header("X-Api-Key", apiKey)
            .POST(BodyPublishers.ofString(body)));
  }

  /** An answer of the management port. */
  public HttpResponse<String> manage(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code SIGTERM}, and {@code SIGKILL} when that is not enough. */
  @Override
  public void close() {
    try {
      process.toHandle().destroy();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.toHandle().destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
