package quayside.laptop;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a laptop, started together and stopped in the opposite order. What they listen on
 * is written to {@code stack.properties} in the data directory, for tests and tools.
 */
final class LaptopStack implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final DataDirectory data;
  private final StackPorts ports;
  private final @Nullable Path opensearch;
  private final Deque<GuardedProcess> running = new ArrayDeque<>();
  private volatile boolean closing;

  private LaptopStack(DataDirectory data, StackPorts ports, @Nullable Path opensearch) {
    this.data = data;
    this.ports = ports;
    this.opensearch = opensearch;
  }

  /**
   * Starts broker, database and OSS stand-in; returns when all of them serve.
   *
   * @param opensearch the jar of OpenSearch, to start that as well
   */
  static LaptopStack start(DataDirectory data, StackPorts ports, @Nullable Path opensearch)
      throws IOException, InterruptedException {
    LaptopStack stack = new LaptopStack(data, ports, opensearch);
    try {
      GuardedProcess kafka = stack.start(stack.kafka());
      GuardedProcess oss = stack.start(stack.oss());
      GuardedProcess postgres =
          stack.start(Postgres.open(data.of("postgres")).server(ports.postgres));
      if (opensearch != null) {
        stack.start(stack.opensearch(opensearch)).awaitReady(START_LIMIT);
      }
      oss.awaitReady(START_LIMIT);
      postgres.awaitReady(START_LIMIT);
      kafka.awaitReady(START_LIMIT);
      Topics.create(ports.kafka);
      stack.writeProperties();
      return stack;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** Starts Quayside itself, as anybody would, with the dev profile. */
  void startApplication(Path jar, @Nullable Path jvmOptions)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JavaCommand.java()));
    if (jvmOptions != null) {
      command.add("@" + jvmOptions);
    }
    command.addAll(List.of(aheadOfTime(jar), "-Dquarkus.profile=dev", "-jar", jar.toString()));
    GuardedProcess.Spec spec =
        new GuardedProcess.Spec(
            "quayside",
            command,
            "TERM",
            Pattern.compile("Listening on: http"),
            environment(),
            System.out::println);
    start(spec).awaitReady(START_LIMIT);
  }

  // The first run of a build leaves a cache of loaded and linked classes when it stops; later ones
  // start in a fraction of the time.
  private static String aheadOfTime(Path jar) throws IOException {
    Path cache = jar.resolveSibling("app.aot");
    boolean fresh =
        Files.exists(cache)
            && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    return (fresh ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache;
  }

  /**
   * Waits until a server ends by itself.
   *
   * @return false when it ended because the stack is closed
   */
  boolean awaitEnd() {
    CompletableFuture.anyOf(
            running.stream().map(GuardedProcess::onExit).toArray(CompletableFuture[]::new))
        .join();
    return !closing;
  }

  @Override
  public synchronized void close() {
    closing = true;
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }

  private synchronized GuardedProcess start(GuardedProcess.Spec spec) throws IOException {
    GuardedProcess process = GuardedProcess.start(spec, data.of("logs"));
    running.push(process);
    return process;
  }

  private GuardedProcess.Spec kafka() {
    List<String> command =
        JavaCommand.laptop(
            List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(
                "kafka",
                "--port",
                Integer.toString(ports.kafka),
                "--controller-port",
                Integer.toString(Ports.free(0, "")),
                "--data-dir",
                data.of("kafka").toString()));
    return GuardedProcess.Spec.quiet(
        "kafka", command, "TERM", Pattern.compile("Kafka Server started"));
  }

  private GuardedProcess.Spec oss() {
    List<String> command =
        JavaCommand.laptop(
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(
                "oss", "--port", Integer.toString(ports.oss), "--data", data.of("oss").toString()));
    return GuardedProcess.Spec.quiet("oss", command, "TERM", Pattern.compile("OSS stand-in ready"));
  }

  private GuardedProcess.Spec opensearch(Path jar) {
    List<String> command =
        List.of(
            JavaCommand.java(),
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString(),
            Integer.toString(ports.opensearch),
            data.of("opensearch").toString());
    return GuardedProcess.Spec.quiet(
        "opensearch", command, "TERM", Pattern.compile("OpenSearch ready"));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(ports());
    if (opensearch != null) {
      environment.put("QUAYSIDE_SEARCH_ENGINE", "opensearch");
      environment.put("QUAYSIDE_SEARCH_OPENSEARCH_URL", "http://127.0.0.1:" + ports.opensearch);
      environment.put("QUAYSIDE_SEARCH_OPENSEARCH_REPLICAS", "0");
    }
    return environment;
  }

  private Map<String, String> ports() {
    return Map.of(
        "QUAYSIDE_DATA_DIR", data.path().toString(),
        "QUAYSIDE_KAFKA_PORT", Integer.toString(ports.kafka),
        "QUAYSIDE_POSTGRES_PORT", Integer.toString(ports.postgres),
        "QUAYSIDE_OSS_PORT", Integer.toString(ports.oss),
        "QUAYSIDE_HTTP_PORT", Integer.toString(ports.http),
        "QUAYSIDE_MANAGEMENT_PORT", Integer.toString(ports.management));
  }

  private void writeProperties() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka);
    properties.setProperty(
        "postgres.url", "jdbc:postgresql://127.0.0.1:" + ports.postgres + "/" + Postgres.NAME);
    properties.setProperty("postgres.username", Postgres.NAME);
    properties.setProperty("postgres.password", Postgres.PASSWORD);
    properties.setProperty("oss.endpoint", "http://127.0.0.1:" + ports.oss);
    properties.setProperty(
        "oss.public-key-file", data.of("oss").resolve("callback_pub_key_v1.pem").toString());
    try (Writer writer = Files.newBufferedWriter(data.of("stack.properties"))) {
      properties.store(writer, "Where the running stack listens");
    }
  }
}
