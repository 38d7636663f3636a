package quayside.operate.thumbnails;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done about thumbnails: {@link RegenerateCommand}. */
@Command(
    name = "thumbnails",
    mixinStandardHelpOptions = true,
    description = "About the thumbnails of a running service.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RegenerateCommand.class)
public final class ThumbnailsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
  }
}
