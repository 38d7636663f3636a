package quayside.bench.capacity;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what an outage comes to. Exit codes: 0 done, 1 a figure is missing, 2 bad usage. */
@Command(
    name = "outage",
    description =
        "What fills while Kafka or a sink's dependency is away, and how long it takes to catch up.",
    mixinStandardHelpOptions = true)
public final class OutageCommand implements Callable<Integer> {
  private static final double MICROS = 1e6;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--measured",
      required = true,
      description = "Directory with the results of make bench.")
  Path measured = Path.of("");

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Uploads a second. Default: ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--kafka-away",
      defaultValue = "30",
      description = "Minutes that Kafka is away. Default: ${DEFAULT-VALUE}.")
  double kafkaAway;

  @Option(
      names = "--sink-away",
      defaultValue = "0",
      description = "Minutes that the sink stands still. Default: ${DEFAULT-VALUE}.")
  double sinkAway;

  @Option(
      names = "--instances",
      defaultValue = "2",
      description = "Instances of the ingress. Default: ${DEFAULT-VALUE}.")
  int instances;

  @Option(
      names = "--journal-bytes",
      defaultValue = "1073741824",
      description = "quayside.journal.max-size. Default: ${DEFAULT-VALUE}.")
  double journalBytes;

  @Option(
      names = "--event-bytes",
      defaultValue = "1250",
      description = "Bytes of an event. Default: ${DEFAULT-VALUE}.")
  double eventBytes;

  @Option(
      names = "--drain-rate",
      description = "Events a second that a journal gives Kafka. Default: as measured.")
  @Nullable Double drainRate;

  @Option(
      names = "--sink-rate",
      description =
          "Events a second that a pod of the sink works off. Default: one core of the slowest group.")
  @Nullable Double sinkRate;

  @Option(
      names = "--pods",
      description = "Pods of the sink without lag. Default: so many that they are half busy.")
  @Nullable Integer pods;

  @Option(
      names = "--most-pods",
      defaultValue = "6",
      description = "Most pods of the sink, no more than partitions. Default: ${DEFAULT-VALUE}.")
  int mostPods;

  @Option(
      names = "--lag-of-a-pod",
      defaultValue = "10000",
      description = "Lag for which the autoscaler wants a pod. Default: ${DEFAULT-VALUE}.")
  double lagOfAPod;

  @Option(
      names = "--poll",
      defaultValue = "15",
      description = "Seconds between its looks. Default: ${DEFAULT-VALUE}.")
  int poll;

  @Option(
      names = "--start",
      defaultValue = "30",
      description = "Seconds until a new pod works. Default: ${DEFAULT-VALUE}.")
  int start;

  @Option(
      names = "--calm",
      defaultValue = "600",
      description = "Seconds before it takes pods away. Default: ${DEFAULT-VALUE}.")
  int calm;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
    CommandLine commandLine = spec.commandLine();
    try {
      PrintWriter out = commandLine.getOut();
      out.print(report(Costs.of(new Measurements(measured))));
      out.flush();
      return 0;
    } catch (IOException e) {
      commandLine.getErr().println(e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(commandLine, e.getMessage(), e);
    }
  }

  private OutageReport report(Costs costs) {
    double slowest =
        Math.max(
            costs.otherSinkMicros(), Math.max(costs.catalogSinkMicros(), costs.searchSinkMicros()));
    double ofAPod = sinkRate != null ? sinkRate : MICROS / slowest;
    int fewest = pods != null ? pods : Math.max(1, (int) Math.ceil(2 * rate / ofAPod));
    Outage outage =
        new Outage(
            rate,
            Math.round(kafkaAway * 60),
            Math.round(sinkAway * 60),
            instances * journalBytes / eventBytes,
            instances * (drainRate != null ? drainRate : costs.drainRate()),
            ofAPod,
            new Scaling(fewest, Math.max(fewest, mostPods), lagOfAPod, poll, start, calm));
    return new OutageReport(outage, eventBytes, instances);
  }

  /** Runs it. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new OutageCommand()).execute(arguments));
  }
}
