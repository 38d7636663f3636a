package quayside.operate.state;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done about the topic of states: {@link RepublishCommand}. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "About the topic with the state of every object, of a running service.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RepublishCommand.class)
public final class StateCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
  }
}
