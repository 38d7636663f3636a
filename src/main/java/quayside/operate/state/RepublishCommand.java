package quayside.operate.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quayside.operate.task.TaskCommand;

/**
 * Has a running service publish the state of every object of its catalog, and shows how far it is.
 * Ends with 0 when all are published, with 1 when not; ending the command does not end the
 * republish.
 */
@Command(
    name = "republish",
    mixinStandardHelpOptions = true,
    description =
        "Publishes the state of every object of the catalog: for a topic that is new or was lost.")
public final class RepublishCommand extends TaskCommand {
  @Option(names = "--bucket", description = "Only objects of this bucket.")
  @Nullable String bucket;

  @Option(names = "--prefix", description = "Only objects whose keys begin so.")
  String prefix = "";

  @Option(names = "--dry-run", description = "Only count what would be published.")
  boolean dryRun;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Most objects a second (default: ${DEFAULT-VALUE}).")
  String rate = "1000";

  /** The command. */
  public RepublishCommand() {
    super("/q/state/republish");
  }

  @Override
  protected Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("prefix", prefix);
    parameters.put("dry-run", Boolean.toString(dryRun));
    parameters.put("rate", rate);
    if (bucket != null) {
      parameters.put("bucket", bucket);
    }
    return parameters;
  }

  @Override
  protected String progress(JsonNode status) {
    return "%s%d states, %d tombstones, %d skipped%s"
        .formatted(
            status.path("dryRun").asBoolean() ? "dry run: " : "",
            status.path("published").asLong(),
            status.path("tombstones").asLong(),
            status.path("skipped").asLong(),
            status.hasNonNull("bucket") ? ", in " + status.path("bucket").asText() : "");
  }
}
