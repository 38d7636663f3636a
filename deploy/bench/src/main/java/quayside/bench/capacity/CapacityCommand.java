package quayside.bench.capacity;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what rates of uploads need. Exit codes: 0 done, 1 a figure is missing, 2 bad usage. */
@Command(
    name = "capacity",
    description =
        "Pods, partitions, cores, memory, disk and, given prices, costs for a rate of uploads, from measured figures.",
    mixinStandardHelpOptions = true)
public final class CapacityCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--measured",
      required = true,
      description = "Directory with the results of make bench.")
  Path measured = Path.of("");

  @Option(
      names = "--rate",
      split = ",",
      defaultValue = "10,1000,100000",
      description = "Uploads a second at the busiest time. Default: ${DEFAULT-VALUE}.")
  List<Double> rates = List.of();

  @Option(names = "--figures", description = "Print the measured figures that it is computed from.")
  boolean figures;

  @Mixin Assumptions assumed = new Assumptions();

  @Mixin Prices prices = new Prices();

  @Override
  public Integer call() {
    PrintWriter out = commandLine().getOut();
    if (rates.stream().anyMatch(rate -> rate <= 0) || assumed.utilisation <= 0) {
      throw new CommandLine.ParameterException(
          commandLine(), "--rate and --utilisation must be greater than 0");
    }
    if (prices.areNegative()) {
      throw new CommandLine.ParameterException(commandLine(), "prices must not be less than 0");
    }
    try {
      Measurements measurements = new Measurements(measured);
      Costs costs = Costs.of(measurements);
      if (figures) {
        out.print(CapacityTable.of(measurements.used()));
        out.flush();
        return 0;
      }
      out.print(
          CapacityTable.of(
              rates.stream().map(rate -> new Plan(rate, costs, assumed)).toList(), prices));
      out.flush();
      return 0;
    } catch (IOException e) {
      commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
    return spec.commandLine();
  }

  /** Runs it. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new CapacityCommand()).execute(arguments));
  }
}
