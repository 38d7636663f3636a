package quayside.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import quayside.LaptopStackResource;
import quayside.PackagedProcess;

/**
 * What {@code make run} starts, on free ports: broker, database, OSS stand-in, and the packaged
 * application with the settings of a laptop. One serves all browser tests of a run and no others,
 * since its consumers are members of the groups all the while; tests use objects of their own
 * names. Used by one thread.
 */
final class ConsoleStack implements AutoCloseable {
  static final String BUCKET = "uploads";

  /** The API key of a laptop, whose holder may also redrive. */
  static final String KEY = "local";

  private static final Path LIBVIPS =
      Path.of(System.getenv().getOrDefault("QUAYSIDE_DATA_DIR", ".quayside"), "libvips");

  private final Path data;
  private final Process servers;
  private final Properties addresses;
  private final int port = freePort();
  private PackagedProcess application;

  ConsoleStack() {
    try {
      Path directory = Files.createDirectories(Path.of("target/console"));
      data = Files.createTempDirectory(directory, "data-").toAbsolutePath();
      servers = LaptopStackResource.launch(data);
      addresses = LaptopStackResource.addresses(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    application = begin(Map.of());
  }

  /** The application; after a {@link #restart} another one on the same port. */
  PackagedProcess application() {
    return application;
  }

  /** Where the page is. */
  URI origin() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where OSS is. */
  URI oss() {
    return URI.create(addresses.getProperty("oss.endpoint"));
  }

  String kafka() {
    return addresses.getProperty("kafka.bootstrap.servers");
  }

  /** A database of the server, with the user and password {@code quayside}. */
  String databaseUrl(String name) {
    return addresses.getProperty("postgres.url").replaceAll("/[^/]*$", "/" + name);
  }

  /** Ends the application. */
  void stop() {
    application.close();
  }

  /** Starts it again after a {@link #stop}, on the port it had. */
  void restart() {
    application = begin(Map.of());
  }

  /**
   * Has the broker stand still, as if it were away, until the answer is closed. Its connections
   * stay and nothing comes from them.
   */
  AutoCloseable withoutKafka() {
    ProcessHandle broker =
        servers.descendants().filter(ConsoleStack::isBroker).findFirst().orElseThrow();
    signal("STOP", broker);
    return () -> signal("CONT", broker);
  }

  /**
   * Another instance beside the application, on a port of its own, as the caller's settings have
   * it.
   *
   * @param settings over those of a laptop
   */
  PackagedProcess another(Map<String, String> settings) {
    Map<String, String> own = new TreeMap<>(settings);
    own.put("quarkus.http.port", "" + freePort());
    own.put("quayside.journal.directory", data.resolve("journal-of-another").toString());
    return begin(own);
  }

  @Override
  public void close() {
    application.close();
    servers.destroy();
  }

  private PackagedProcess begin(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("quarkus.profile", "dev");
    // Not zero: with one port fixed and the other free Quarkus waits for ever.
    all.put("quarkus.management.port", "" + freePort());
    all.put("quayside.thumbnail.libvips-directory", LIBVIPS.toAbsolutePath().toString());
    // A laptop refuses no callback; a page of this type is one that OSS takes and we do not.
    all.put("quayside.callback.rules.buckets.uploads.types", "image/*,text/plain,text/csv");
    all.putAll(settings);
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_HTTP_PORT", "" + port,
            "QUAYSIDE_KAFKA_PORT", kafka().replaceAll(".*:", ""),
            "QUAYSIDE_POSTGRES_PORT", databaseUrl("").replaceAll(".*:(\\d+)/", "$1"),
            "QUAYSIDE_OSS_PORT", "" + oss().getPort(),
            "QUAYSIDE_DATA_DIR", data.toString());
    return PackagedProcess.begin(all, environment).awaitListening();
  }

  private static boolean isBroker(ProcessHandle process) {
    // Each server is guarded by a shell that has the server's command among its arguments.
    return process.info().command().orElse("").endsWith("/java")
        && process.info().commandLine().orElse("").contains(" kafka ");
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
