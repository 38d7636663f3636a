package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import quayside.bench.load.SigningKey;

/** Quayside with everything, as a process of its own on a {@link Stack}. Used by one thread. */
final class Application implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http");
  private static final List<String> CHANNELS =
      List.of(
          "catalog-uploaded",
          "catalog-thumbnailed",
          "catalog-deleted",
          "search-uploaded",
          "search-thumbnailed",
          "search-deleted",
          "thumbnail-uploaded",
          "timeline",
          "state",
          "state-retries");

  private final ServerProcess process;
  private final int port;

  private Application(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Settings that leave only these channels of the sinks on. */
  static List<String> only(String... channels) {
    return CHANNELS.stream()
        .filter(channel -> !List.of(channels).contains(channel))
        .map(channel -> "mp.messaging.incoming." + channel + ".enabled=false")
        .toList();
  }

  /**
   * Starts it.
   *
   * @param key whose callbacks it accepts
   * @param settings each {@code name=value}
   */
  static Application start(Parts parts, Stack stack, SigningKey key, List<String> settings)
      throws IOException {
    Path data = Files.createTempDirectory(Files.createDirectories(parts.work()), "application-");
    Path publicKey = data.resolve("key.pem");
    key.writePublicKey(publicKey);
    int port = ServerProcess.freePort();
    List<String> command =
        new ArrayList<>(List.of(Parts.java(), "@" + parts.applicationJvmOptions()));
    command.addAll(parts.moreJvmOptions());
    command.addAll(
        List.of(
            // The only profile that trusts the key of a load generator.
            "-Dquarkus.profile=dev",
            "-Dkafka.bootstrap.servers=" + stack.kafka(),
            "-Dquarkus.datasource.jdbc.url=" + stack.jdbcUrl(),
            "-Dquayside.oss.endpoint=" + stack.oss(),
            "-Dquayside.callback.keys.laptop.url=" + SigningKey.URL,
            "-Dquayside.callback.keys.laptop.pem-file=" + publicKey,
            "-Dquayside.thumbnail.libvips-directory=" + parts.libvips()));
    settings.forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-jar", parts.application().toString()));
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_HTTP_PORT", Integer.toString(port),
            "QUAYSIDE_MANAGEMENT_PORT", Integer.toString(ServerProcess.freePort()),
            "QUAYSIDE_DATA_DIR", data.toString());
    ServerProcess process =
        ServerProcess.start(
            "quayside", command, environment, LISTENING, data.resolve("quayside.log"));
    return new Application(process, port);
  }

  ServerProcess process() {
    return process;
  }

  int port() {
    return port;
  }

  /** Itself and its workers. */
  ProcessTree tree() {
    return ProcessTree.of(process.pid());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
  }
}
