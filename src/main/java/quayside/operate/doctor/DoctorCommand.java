package quayside.operate.doctor;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: looks at a deployment from outside and says what to do. */
@Command(
    name = "doctor",
    description = {
      "Checks what commonly breaks a deployment, and says what to do.",
      "Looks at the endpoint as OSS meets it, at topics and the rights on them, at the bucket. Changes"
          + " nothing; the endpoint counts a few forged callbacks, refused as signature-mismatch and"
          + " target-ambiguous."
    },
    footer = {
      "",
      "Credentials are read as the service reads them: QUAYSIDE_OSS_ACCESS_KEY_ID,",
      "QUAYSIDE_OSS_ACCESS_KEY_SECRET, KAFKA_... Without --url, servers or buckets that part is left"
          + " out.",
      "",
      "Exit codes: 0 nothing failed, 1 something failed, 2 bad usage."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final DoctorOptions.ConfigReader configuration;
  private final Map<String, String> kafka;
  private final Clock clock;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  @Option(names = "--url", description = "The callback URL, as in the callback parameter.")
  private @Nullable URI url;

  @Option(names = "--callback-sni", description = "Uploads set callbackSNI to true.")
  private boolean callbackSni;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM file with certificate authorities to trust beside those of the platform.")
  private @Nullable Path certificates;

  @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of the Kafka client, such as security.protocol and sasl.*.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "Topic that is written. Repeatable. Default: the configured ones, and those of the groups.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "SINK=NAME",
      description =
          "Consumer group of catalog, search or thumbnail, whose retry and dead letter topics are looked"
              + " at. Repeatable. Default: quayside-SINK.")
  private Map<String, String> groups = new HashMap<>();

  @Option(names = "--bucket", paramLabel = "NAME", description = "Bucket to look at. Repeatable.")
  private List<String> buckets = new ArrayList<>();

  @Option(
      names = "--oss-region",
      description = "Region of the buckets. Default: the configured one.")
  private @Nullable String ossRegion;

  @Option(names = "--oss-endpoint", description = "Where OSS answers. Default: the configured one.")
  private @Nullable String ossEndpoint;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Longest wait for one answer. Default: ${DEFAULT-VALUE}.")
  private int timeout;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * The command.
   *
   * @param configuration reads the service's configuration
   * @param kafka the service's properties of the Kafka client
   * @param clock this machine's time
   */
  public DoctorCommand(
      DoctorOptions.ConfigReader configuration, Map<String, String> kafka, Clock clock) {
    this.configuration = configuration;
    this.kafka = Map.copyOf(kafka);
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CommandLine command = command();
    DoctorReport report;
    try {
      Doctor doctor = Doctor.of(options());
      report = new DoctorReport(doctor.examine(progress(command.getErr())));
    } catch (IllegalArgumentException | IOException e) {
      throw new CommandLine.ParameterException(command, Causes.text(e), e);
    }
    PrintWriter out = command.getOut();
    out.print(json ? report.json() : report.text(onTerminal()));
    out.flush();
    return report.hasFailures() ? 1 : 0;
  }

  private DoctorOptions options() throws IOException {
    if (timeout < 1 || timeout > 300) {
      throw new IllegalArgumentException("--timeout " + timeout + ": must be 1 to 300 seconds");
    }
    Map<String, String> properties = new HashMap<>(kafka);
    if (kafkaConfig != null) {
      properties.putAll(read(kafkaConfig));
    }
    if (bootstrapServers != null) {
      properties.put("bootstrap.servers", bootstrapServers);
    }
    DoctorConfig config = configuration.read(DoctorConfig.class, Map.of());
    List<String> written = topics.isEmpty() ? DoctorTopics.written(config, groups) : topics;
    return new DoctorOptions(
        Optional.ofNullable(url),
        callbackSni,
        Optional.ofNullable(certificates),
        properties,
        written,
        buckets,
        Duration.ofSeconds(timeout),
        clock,
        oss(),
        configuration);
  }

  private Map<String, String> oss() {
    Map<String, String> oss = new HashMap<>();
    if (ossRegion != null) {
      oss.put("quayside.oss.region", ossRegion);
    }
    if (ossEndpoint != null) {
      oss.put("quayside.oss.endpoint", ossEndpoint);
    }
    return oss;
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IOException("cannot read " + file, e);
    }
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return map;
  }

  private static Consumer<String> progress(PrintWriter err) {
    return onTerminal() ? check -> err.println("checking " + check + " ...") : check -> {};
  }

  private static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private CommandLine command() {
    if (spec == null) {
      throw new IllegalStateException("the command runs through picocli");
    }
    return spec.commandLine();
  }
}
