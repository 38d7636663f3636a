package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Programs the tests need beside Java, installed or fetched by the scripts the Makefile calls. A
 * test whose program cannot be had fails with what to install.
 */
public final class DebianTool {
  private static final String DATA = System.getenv().getOrDefault("QUAYSIDE_DATA_DIR", ".quayside");

  private static final Map<String, Path> FETCHED = new ConcurrentHashMap<>();

  private DebianTool() {}

  /** What a program printed, to both outputs, and its exit code. */
  public record Result(int exitCode, String output) {}

  public static Path nginx() {
    return fetch("deploy/make/fetch-nginx.sh", "nginx");
  }

  public static Path promtool() {
    return fetch("deploy/make/fetch-promtool.sh", "promtool");
  }

  public static Path kcat() {
    return fetch("deploy/make/fetch-kcat.sh", "kcat");
  }

  public static Path jq() {
    return fetch("deploy/make/fetch-jq.sh", "jq");
  }

  /** A browser that needs no screen. */
  public static Path chromium() {
    return fetch("deploy/make/fetch-chromium.sh", "chromium");
  }

  /** A Python that has a Kafka client and Ed25519. */
  public static Path python() {
    return fetch("deploy/make/fetch-python-kafka.sh", "python-kafka");
  }

  /** Runs a program to its end. */
  public static Result run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path fetch(String script, String folder) {
    return FETCHED.computeIfAbsent(folder, name -> fetched(script, name));
  }

  private static Path fetched(String script, String folder) {
    Result result = run(List.of(script, DATA + "/" + folder));
    assertThat(result.exitCode()).as(result.output()).isZero();
    Path program = Path.of(result.output().lines().reduce((first, last) -> last).orElseThrow());
    assertThat(program).as(result.output()).satisfies(Files::isExecutable);
    return program;
  }
}
