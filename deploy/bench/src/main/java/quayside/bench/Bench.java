package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
    callback,
    journal,
    memory,
    startup
  }

  @Parameters(description = "Suites to run: ${COMPLETION-CANDIDATES}; all when none is named.")
  List<Suite> suites = List.of();

  @Option(names = "--laptop", required = true, description = "Jar of the laptop stack.")
  Path laptop = Path.of("");

  @Option(names = "--ingress", required = true, description = "quarkus-run.jar of the ingress.")
  Path ingress = Path.of("");

  @Option(names = "--jvm-options", required = true, description = "JVM options of the ingress.")
  Path jvmOptions = Path.of("");

  @Option(
      names = "--jvm-option",
      description = "One more JVM option for the ingress, such as a profiler's -agentpath.")
  List<String> moreJvmOptions = List.of();

  @Option(names = "--output", required = true, description = "Directory for results and data.")
  Path output = Path.of("");

  @Option(names = "--quick", description = "Measure shortly, only to see that everything works.")
  boolean quick;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Parts parts = new Parts(laptop, ingress, jvmOptions, moreJvmOptions, output.resolve("data"), quick);
    Report report = new Report(output);
    deleteData(parts);
    for (Suite suite : suites.isEmpty() ? List.of(Suite.values()) : suites) {
      report.add(suite.name(), run(suite, parts));
    }
    deleteData(parts);
    report.print(System.out);
    return report.allMet() ? 0 : 1;
  }

  private static List<Measure> run(Suite suite, Parts parts)
      throws IOException, InterruptedException {
    if (suite == Suite.journal) {
      return new JournalSuite(parts).run();
    }
    try (Stack stack = Stack.start(parts)) {
      String kafka = stack.bootstrapServers();
      return switch (suite) {
        case callback -> new CallbackSuite(parts).run(kafka);
        case memory -> new MemorySuite(parts).run(kafka);
        case startup -> new StartupSuite(parts).run(kafka);
        case journal -> throw new IllegalStateException("starts its own broker, late");
      };
    }
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
