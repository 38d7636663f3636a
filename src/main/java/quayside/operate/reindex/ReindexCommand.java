package quayside.operate.reindex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quayside.operate.task.TaskCommand;

/**
 * Has a running service build its search index anew, and shows how far it is. Ends with 0 when the
 * new index is in use, with 1 when it is not; ending the command does not end the reindex.
 */
@Command(
    name = "reindex",
    mixinStandardHelpOptions = true,
    description =
        "Builds the search index of a running service anew; searches and writes go on meanwhile.")
public final class ReindexCommand extends TaskCommand {
  @Option(
      names = "--source",
      defaultValue = "topic",
      description =
          "topic: the events the topics still have; catalog: the catalog first (default: ${DEFAULT-VALUE}).")
  String source = "topic";

  @Option(names = "--restart", description = "Begin again where one was left unfinished.")
  boolean restart;

  /** The command. */
  public ReindexCommand() {
    super("/q/reindex");
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("source", source, "restart", Boolean.toString(restart));
  }

  @Override
  protected String progress(JsonNode status) {
    long read = status.path("read").asLong();
    return "%s %d of %d read, %d applied, %d stale, %d skipped, %d failed"
        .formatted(
            status.path("phase").asText("-"),
            read,
            Math.max(read, status.path("total").asLong()),
            status.path("applied").asLong(),
            status.path("stale").asLong(),
            status.path("skipped").asLong(),
            status.path("failed").asLong());
  }
}
