package quayside.operate.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;

/** Shows a run to a person: a bar on a terminal, the result as a table. For one thread. */
final class ReconcileProgress {
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final boolean onTerminal = System.console() != null && System.console().isTerminal();
  private boolean shown;

  ReconcileProgress(PrintWriter err) {
    this.err = err;
  }

  void show(JsonNode run) {
    if (onTerminal) {
      err.print("\r" + bar(run));
      err.flush();
      shown = true;
    }
  }

  void end() {
    if (shown) {
      err.println();
    }
  }

  /** One line; the length of the way is a guess, so the bar is never full before the end. */
  static String bar(JsonNode run) {
    long compared = run.path("counts").path("compared").asLong();
    long expected = Math.max(run.path("expected").asLong(), compared + 1);
    int full = (int) (WIDTH * compared / expected);
    return "[%s%s] %,d of about %,d compared"
        .formatted("#".repeat(full), "-".repeat(WIDTH - full), compared, expected);
  }

  /** What a run came to. */
  static String result(JsonNode run) {
    StringBuilder text = new StringBuilder();
    text.append(run.path("dryRun").asBoolean() ? "dry run of " : "run of ")
        .append(run.path("bucket").asText())
        .append(": ")
        .append(run.path("state").asText())
        .append("  (")
        .append(run.path("id").asText())
        .append(")\n");
    for (Map.Entry<String, JsonNode> count : run.path("counts").properties()) {
      text.append("  %-15s %,12d%n".formatted(count.getKey(), count.getValue().asLong()));
    }
    for (JsonNode sample : run.path("samples")) {
      text.append(
          "  %-15s %s%n".formatted(sample.path("kind").asText(), sample.path("key").asText()));
    }
    if (!run.path("error").isNull()) {
      text.append("  ").append(run.path("error").asText()).append('\n');
    }
    return text.toString();
  }
}
