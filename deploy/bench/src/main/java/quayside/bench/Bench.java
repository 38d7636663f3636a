package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quayside.bench.report.Measure;
import quayside.bench.report.Report;

/** Runs the suites and prints what they measured; exit code 1 when a bound is missed. */
@Command(
    name = "bench",
    description = "Measures Quayside, each figure beside a baseline of the same run.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

  /** What can be measured. */
  enum Suite {
    codec,
    callback,
    journal,
    memory,
    startup,
    catalog,
    search,
    thumbnails,
    images,
    pipeline,
    events,
    /** Only when it is named: it tries a model, not Quayside. */
    catchup
  }

  @Parameters(
      description = "Suites to run: ${COMPLETION-CANDIDATES}; all but catchup when none is named.")
  List<Suite> suites = List.of();

  @Option(names = "--laptop", required = true, description = "Jar of the laptop stack.")
  Path laptop = Path.of("");

  @Option(names = "--ingress", required = true, description = "quarkus-run.jar of the ingress.")
  Path ingress = Path.of("");

  @Option(
      names = "--application",
      required = true,
      description = "quarkus-run.jar of the application with everything.")
  Path application = Path.of("");

  @Option(names = "--opensearch", description = "Jar that starts OpenSearch, to measure it, too.")
  Path opensearch = Path.of("");

  @Option(names = "--libvips", required = true, description = "Directory with libvips.")
  Path libvips = Path.of("");

  @Option(names = "--vipsthumbnail", description = "That command, to compare thumbnails with.")
  Path vipsthumbnail = Path.of("");

  @Option(
      names = "--ingress-jvm-options",
      required = true,
      description = "File with the JVM options of the ingress.")
  Path ingressJvmOptions = Path.of("");

  @Option(
      names = "--application-jvm-options",
      required = true,
      description = "File with the JVM options of the application with everything.")
  Path applicationJvmOptions = Path.of("");

  @Option(
      names = "--jvm-option",
      description = "One more JVM option for what is measured, such as a profiler's -agentpath.")
  List<String> moreJvmOptions = List.of();

  @Option(names = "--output", required = true, description = "Directory for results and data.")
  Path output = Path.of("");

  @Option(names = "--quick", description = "Measure shortly, only to see that everything works.")
  boolean quick;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Parts parts =
        new Parts(
            laptop,
            ingress,
            ingressJvmOptions,
            moreJvmOptions,
            application,
            applicationJvmOptions,
            opensearch,
            libvips,
            vipsthumbnail,
            output.resolve("data"),
            quick);
    Report report = new Report(output);
    deleteData(parts);
    for (Suite suite : suites.isEmpty() ? usual() : suites) {
      report.add(suite.name(), run(suite, parts));
    }
    deleteData(parts);
    report.print(System.out);
    return report.allMet() ? 0 : 1;
  }

  private static List<Suite> usual() {
    return List.copyOf(EnumSet.complementOf(EnumSet.of(Suite.catchup)));
  }

  private static List<Measure> run(Suite suite, Parts parts)
      throws IOException, InterruptedException, SQLException {
    return switch (suite) {
      case codec -> new CodecSuite(parts).run();
      // Starts its own broker, late.
      case journal -> new JournalSuite(parts).run();
      case callback -> withBroker(parts, new CallbackSuite(parts)::run);
      case memory -> withBroker(parts, new MemorySuite(parts)::run);
      case startup -> withBroker(parts, new StartupSuite(parts)::run);
      case catalog -> withStack(parts, stack -> new CatalogSuite(parts, stack).run());
      case search -> withStack(parts, stack -> new SearchSuite(parts, stack).run());
      case thumbnails -> withStack(parts, stack -> new ThumbnailSuite(parts, stack).run());
      case images -> withStack(parts, stack -> new ThumbnailMemorySuite(parts, stack).run());
      case pipeline -> withStack(parts, stack -> new PipelineSuite(parts, stack).run());
      case events -> withStack(parts, stack -> new EventsSuite(parts, stack).run());
      case catchup -> withStack(parts, stack -> new CatchUpSuite(parts, stack).run());
    };
  }

  private static List<Measure> withBroker(Parts parts, Measured<String> suite)
      throws IOException, InterruptedException, SQLException {
    try (Broker broker = Broker.start(parts)) {
      return suite.on(broker.bootstrapServers());
    }
  }

  private static List<Measure> withStack(Parts parts, Measured<Stack> suite)
      throws IOException, InterruptedException, SQLException {
    try (Stack stack = Stack.start(parts, false)) {
      return suite.on(stack);
    }
  }

  /** A suite and what it needs running. */
  @FunctionalInterface
  private interface Measured<T> {
    List<Measure> on(T servers) throws IOException, InterruptedException, SQLException;
  }

  // Broker logs of a million events; of a failed run they stay until the next one.
  private static void deleteData(Parts parts) throws IOException {
    if (Files.exists(parts.work())) {
      try (Stream<Path> files = Files.walk(parts.work())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Runs it. */
  public static void main(String... args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
