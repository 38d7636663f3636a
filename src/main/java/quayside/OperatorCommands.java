package quayside;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Paths;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quayside.operate.doctor.DoctorCommand;
import quayside.operate.explain.ExplainCommand;
import quayside.operate.explain.ExplainConfig;
import quayside.operate.health.HealthCommand;
import quayside.operate.reconcile.ReconcileCommand;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.DeadLetterPage;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.RedriveCommand;
import quayside.operate.redrive.RedriveOrder;
import quayside.operate.redrive.RedriveProgress;
import quayside.operate.reindex.ReindexCommand;
import quayside.operate.state.RepublishCommand;
import quayside.operate.state.StateCommand;
import quayside.operate.task.TaskCommand;
import quayside.operate.thumbnails.RegenerateCommand;
import quayside.operate.thumbnails.ThumbnailsCommand;
import quayside.signature.ExternalPaths;
import quayside.signature.ExternalPathsConfig;

/**
 * What the application does instead of serving: one command per task of an operator. They run
 * without the framework, so that they start at once and need none of the service's parts.
 *
 * <p>Exit codes: 0 all is well, 1 something is not, 2 bad usage.
 */
@Command(
    name = "quayside",
    description = "Receives OSS upload callbacks when started without arguments. Commands:",
    synopsisSubcommandLabel = "COMMAND")
// Picocli reads the annotations by reflection, which a native image must know.
@RegisterForReflection(
    targets = {
      OperatorCommands.class,
      ExplainCommand.class,
      DoctorCommand.class,
      HealthCommand.class,
      ReconcileCommand.class,
      RedriveCommand.class,
      DeadLetterFilter.class,
      DeadLetterPage.class,
      DeadLetterView.class,
      RedriveOrder.class,
      RedriveProgress.class,
      TaskCommand.class,
      ReindexCommand.class,
      RegenerateCommand.class,
      ThumbnailsCommand.class,
      RepublishCommand.class,
      StateCommand.class,
      // Its converter of paths looks this class up by name.
      Paths.class
    },
    // The options --help and --version of commands that take the standard ones.
    classNames = "picocli.CommandLine$AutoHelpMixin")
final class OperatorCommands implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  private OperatorCommands() {}

  /** Runs the command that the arguments name; returns its exit code. */
  static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The commands, to be run. */
  static CommandLine commandLine() {
    return new CommandLine(new OperatorCommands())
        .addSubcommand(explain())
        .addSubcommand(
            new DoctorCommand(
                CommandLineConfig::read, CommandLineConfig.kafka(), new SystemClock().clock()))
        .addSubcommand(new HealthCommand())
        .addSubcommand(new ReconcileCommand())
        .addSubcommand(new RedriveCommand())
        .addSubcommand(new ReindexCommand())
        .addSubcommand(new ThumbnailsCommand())
        .addSubcommand(new StateCommand());
  }

  private static ExplainCommand explain() {
    ExternalPathsConfig external = CommandLineConfig.read(ExternalPathsConfig.class, Map.of());
    return new ExplainCommand(
        CommandLineConfig.read(ExplainConfig.class, Map.of()),
        new ExternalPaths(external.externalPaths()));
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
  }
}
