package quayside.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import quayside.bench.report.Measure;
import quayside.bench.report.Report;

/** The commands, with the recorded figures, and the page that shows what they print. */
class CapacityCommandTest {
  private static final String MEASURED = "measured";
  private static final Path PAGE = Path.of("../CAPACITY.md");

  @TempDir Path folder;

  private record Run(int exitCode, String out, String err) {}

  /** Who changes the model or the figures also changes what people read. */
  @Test
  void page_showsWhatTheCommandsPrint() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page).contains(run(new CapacityCommand(), "--measured", MEASURED).out());
    assertThat(page)
        .contains(run(new CapacityCommand(), "--measured", MEASURED, "--figures").out());
    assertThat(page)
        .contains(
            run(new OutageCommand(), "--measured", MEASURED, "--rate", "1000", "--kafka-away", "30")
                .out());
  }

  @Test
  void rates_areColumns() {
    Run run = run(new CapacityCommand(), "--measured", MEASURED, "--rate", "5,50", "--images", "0");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anySatisfy(line -> assertThat(line).isEqualTo("| uploads a second | **5** | **50** |"))
        .anySatisfy(line -> assertThat(line).isEqualTo("| thumbnails | 0.00 (0 %) | 0.00 (0 %) |"));
  }

  /** Nobody's prices are known here. */
  @Test
  void prices_areShownWhenTheyAreGiven() {
    assertThat(run(new CapacityCommand(), "--measured", MEASURED).out())
        .doesNotContain("price of a month");
    assertThat(run(new CapacityCommand(), "--measured", MEASURED, "--price-core", "20").out())
        .contains("| **price of a month** |")
        .contains("| requests to OSS | 0.00 | 0.00 | 0.00 |");
    assertThat(run(new CapacityCommand(), "--measured", MEASURED, "--price-core", "-1").exitCode())
        .isEqualTo(2);
  }

  /** The simulation's autoscaler is the one that is installed. */
  @Test
  void defaultsOfAnOutage_areThoseOfTheManifests() throws IOException {
    String scaler = Files.readString(Path.of("../kubernetes/components/autoscaling/catalog.yaml"));
    OutageCommand outage = CommandLine.populateCommand(new OutageCommand(), "--measured=x");

    assertThat(scaler)
        .contains("maxReplicaCount: %d\n".formatted(outage.mostPods))
        .contains("pollingInterval: %d\n".formatted(outage.poll))
        .contains("stabilizationWindowSeconds: %d\n".formatted(outage.calm))
        .contains("lagThreshold: \"%.0f\"\n".formatted(outage.lagOfAPod));
  }

  /** What a benchmark writes is what is read. */
  @Test
  void reportOfABenchmark_isRead() throws IOException {
    new Report(folder)
        .add(
            "catalog",
            java.util.List.of(
                Measure.of(
                    "CPU of a row, with PostgreSQL's", 97.5, "us", "plain JDBC program", 90)));

    assertThat(new Measurements(folder).value("catalog", "CPU of a row")).isEqualTo(97.5);
  }

  @Test
  void suiteThatWasNotRun_isNamed() {
    Run run = run(new CapacityCommand(), "--measured", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("callback.json is missing: run make bench SUITES=callback");
  }

  @Test
  void figureThatIsNotThere_isNamed() throws IOException {
    Files.writeString(folder.resolve("callback.json"), "{\"measures\":[]}");

    Run run = run(new OutageCommand(), "--measured", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("has no figure \"CPU a callback, a connection each\"");
  }

  @Test
  void nonsense_isBadUsage() {
    assertThat(run(new CapacityCommand(), "--measured", MEASURED, "--rate", "0").exitCode())
        .isEqualTo(2);
    assertThat(run(new OutageCommand(), "--measured", MEASURED, "--rate", "-1").exitCode())
        .isEqualTo(2);
    assertThat(run(new OutageCommand(), "--measured", MEASURED, "--poll", "0").exitCode())
        .isEqualTo(2);
    assertThat(run(new CapacityCommand()).exitCode()).isEqualTo(2);
  }

  private static Run run(Callable<Integer> command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
