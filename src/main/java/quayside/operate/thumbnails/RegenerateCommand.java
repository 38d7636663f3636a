package quayside.operate.thumbnails;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quayside.operate.task.TaskCommand;

/**
 * Has a running service make the thumbnails of a changed preset, and shows how far it is. Ends with
 * 0 when all are made, with 1 when not; ending the command does not end the regeneration.
 */
@Command(
    name = "regenerate",
    mixinStandardHelpOptions = true,
    description = "Makes the thumbnails of a changed preset for everything uploaded before.")
public final class RegenerateCommand extends TaskCommand {
  @Option(names = "--preset", description = "The preset whose version was raised.")
  String preset = "";

  @Option(
      names = "--rate",
      defaultValue = "10",
      description = "Most uploads a second (default: ${DEFAULT-VALUE}).")
  String rate = "10";

  @Option(
      names = "--restart",
      description = "From the first upload, even if it came further before.")
  boolean restart;

  /** The command. */
  public RegenerateCommand() {
    super("/q/thumbnails/regenerate");
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("preset", preset, "rate", rate, "restart", Boolean.toString(restart));
  }

  @Override
  protected String progress(JsonNode status) {
    long read = status.path("read").asLong();
    return "%s %d of %d uploads, %d failed"
        .formatted(
            status.path("campaign").asText("-"),
            read,
            Math.max(read, status.path("total").asLong()),
            status.path("failed").asLong());
  }
}
