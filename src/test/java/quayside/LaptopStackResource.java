package quayside;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The real parts a test runs against: the laptop stack as processes of its own on free ports, with
 * empty data. One stack serves the whole test run, so tests use objects and topics of their own
 * names. It ends with this JVM, however that ends.
 */
public final class LaptopStackResource implements QuarkusTestResourceLifecycleManager {
  private static final Path JAR = Path.of("deploy/laptop/target/quayside-laptop.jar");

  // A system property, since every Quarkus test profile loads this class anew.
  private static final String RUNNING = "test.quayside.stack";

  @Override
  public Map<String, String> start() {
    Properties stack = running();
    Map<String, String> configuration = new HashMap<>();
    configuration.put("kafka.bootstrap.servers", stack.getProperty("kafka.bootstrap.servers"));
    configuration.put("quarkus.datasource.jdbc.url", stack.getProperty("postgres.url"));
    configuration.put("quarkus.datasource.username", stack.getProperty("postgres.username"));
    configuration.put("quarkus.datasource.password", stack.getProperty("postgres.password"));
    configuration.put("quayside.oss.endpoint", stack.getProperty("oss.endpoint"));
    configuration.put(
        "quayside.callback.keys.stand-in.url",
        stack.getProperty("oss.endpoint") + "/callback_pub_key_v1.pem");
    configuration.put(
        "quayside.callback.keys.stand-in.pem-file", stack.getProperty("oss.public-key-file"));
    return configuration;
  }

  @Override
  public void stop() {
    // The stack serves the next test class too.
  }

  /** Where the stack listens; starts it when it does not run yet. */
  public static synchronized Properties running() {
    try {
      if (System.getProperty(RUNNING) == null) {
        Path data =
            Files.createTempDirectory(
                Files.createDirectories(Path.of("target/laptop-stack")), "data-");
        launch(data);
        System.setProperty(RUNNING, data.toString());
      }
      return addresses(Path.of(System.getProperty(RUNNING)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a stack with this data listens. */
  public static Properties addresses(Path data) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("stack.properties"))) {
      properties.load(reader);
    }
    return properties;
  }

  /**
   * Starts a stack for whoever must not share one, and returns when it serves. Its standard input
   * is a pipe from us: when it closes, the stack stops.
   *
   * @param data an empty directory
   */
  public static Process launch(Path data) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing: run `make laptop`");
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    JAR.toString(),
                    "up",
                    "--stop-on-eof",
                    "--data-dir",
                    data.toString(),
                    "--kafka-port",
                    "0",
                    "--postgres-port",
                    "0",
                    "--oss-port",
                    "0"))
            .redirectErrorStream(true)
            .start();
    StringBuilder output = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (line.equals("Stack ready")) {
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(System.out::println));
        return process;
      }
    }
    throw new IllegalStateException("the laptop stack did not start:\n" + output);
  }
}
