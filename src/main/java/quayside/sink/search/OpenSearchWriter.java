package quayside.sink.search;

import static quayside.sink.search.OpenSearchClient.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.OpenSearchClient.Answer;

/**
 * Writes changes with {@code _bulk}. Each item has the event's sequence as its external version, so
 * OpenSearch itself refuses what is not newer, and an answer of its own, so one bad document fails
 * alone. Thread-safe.
 */
final class OpenSearchWriter {
  /** Below OpenSearch's limit for a request, 100 MB, and kind to its memory. */
  private static final int MAX_REQUEST_CHARS = 4 * 1024 * 1024;

  /**
   * A batch of fewer waits until it can be found, so that freshness means what it says; a larger
   * one is part of a backlog, which must not wait.
   */
  private static final int WAITS_UNTIL_FINDABLE = 100;

  private final OpenSearchClient client;
  private final OpenSearchSchema.Names names;
  private final boolean aliases;
  private final Duration limit;

  /**
   * A writer.
   *
   * @param aliases true when the names must be aliases: a missing one must not become an index
   */
  OpenSearchWriter(
      OpenSearchClient client, OpenSearchSchema.Names names, boolean aliases, Duration limit) {
    this.client = client;
    this.names = names;
    this.aliases = aliases;
    this.limit = limit;
  }

  /** Applies changes, as {@link SearchIndex#bulk} says. */
  List<Outcome> write(List<Change> changes) throws DependencyUnavailableException {
    ChangeBatch batch = new ChangeBatch(changes);
    List<Change> part = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (Change change : batch.toWrite()) {
      part.add(change);
      append(body, change);
      if (body.length() > MAX_REQUEST_CHARS) {
        send(part, body.toString(), batch);
        part.clear();
        body.setLength(0);
      }
    }
    send(part, body.toString(), batch);
    return batch.outcomes();
  }

  private void append(StringBuilder body, Change change) {
    ObjectNode action = JSON.createObjectNode();
    action
        .putObject("index")
        .put("_index", change instanceof Change.Thumbnails ? names.thumbnails() : names.documents())
        .put("_id", OpenSearchDocument.id(change))
        .put("version", change.version())
        // Not external_gte: an equal version is the same change, and stale.
        .put("version_type", "external");
    body.append(action).append('\n').append(OpenSearchDocument.source(change)).append('\n');
  }

  private void send(List<Change> part, String body, ChangeBatch batch)
      throws DependencyUnavailableException {
    if (part.isEmpty()) {
      return;
    }
    String refresh = part.size() < WAITS_UNTIL_FINDABLE ? "wait_for" : "false";
    String path = "/_bulk?require_alias=" + aliases + "&refresh=" + refresh;
    try {
      Answer answer = client.send("POST", path, "application/x-ndjson", body, limit);
      if (!answer.isSuccess()) {
        throw OpenSearchClient.unavailable(answer);
      }
      JsonNode items = answer.body().path("items");
      for (int i = 0; i < part.size(); i++) {
        batch.outcome(part.get(i).target(), outcome(items.path(i).path("index")));
      }
    } catch (HttpTimeoutException e) {
      throw OpenSearchClient.unavailable(e);
    }
  }

  private static Outcome outcome(JsonNode item) throws DependencyUnavailableException {
    int status = item.path("status").asInt();
    return switch (status) {
      case 200, 201 -> Outcome.APPLIED;
      case 409 -> Outcome.STALE;
      // The reason may quote the document.
      case 400 ->
          new Outcome.Failed(
              "refused-by-index",
              "the search index refuses it with " + item.path("error").path("type").asText());
      // Overload, a full disk, an alias that is gone: nothing is wrong with the document.
      default -> throw OpenSearchClient.unavailable(new Answer(status, item));
    };
  }
}
