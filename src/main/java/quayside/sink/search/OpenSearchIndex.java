package quayside.sink.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.OpenSearchClient.Answer;

/**
 * The engine at scale: OpenSearch 2.15 or later, over REST. Two indexes behind aliases, one of
 * documents and tombstones, one of thumbnails. A change can be found within the refresh interval
 * after {@link #bulk} returned, at once after a small batch. Thread-safe.
 */
final class OpenSearchIndex implements SearchIndex {
  /** What the answer takes beyond the time the engine is given. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final OpenSearchWriter writer;
  private final Duration searchTimeout;
  private final Duration writeTimeout;

  OpenSearchIndex(OpenSearchClient client, SearchConfig.OpenSearch config, Duration searchTimeout) {
    this.client = client;
    this.schema = new OpenSearchSchema(client, config);
    this.writeTimeout = config.writeTimeout();
    this.writer = new OpenSearchWriter(client, schema.live(), true, writeTimeout);
    this.searchTimeout = searchTimeout;
  }

  @Override
  public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
    schema.ensure();
    try {
      return writer.write(changes);
    } catch (DependencyUnavailableException e) {
      schema.forget(); // perhaps it is the aliases that are gone
      throw e;
    }
  }

  @Override
  public SearchPage search(SearchQuery query)
      throws SearchTimeoutException, DependencyUnavailableException {
    schema.ensure();
    OpenSearchSelect select = new OpenSearchSelect(query, searchTimeout);
    List<JsonNode> found = sources(schema.live().documents(), select.documents());
    boolean last = found.size() <= query.limit();
    List<JsonNode> shown = last ? found : found.subList(0, query.limit());
    List<SearchHit> hits = hits(shown);
    return new SearchPage(hits, last ? null : hits.getLast().position());
  }

  @Override
  public Optional<SearchRebuild> rebuild(boolean restart) throws DependencyUnavailableException {
    return OpenSearchRebuild.begin(client, schema, writeTimeout, restart);
  }

  @Override
  public boolean ready() {
    try {
      schema.ensure();
      return schema.isPresent();
    } catch (DependencyUnavailableException e) {
      return false;
    }
  }

  private List<SearchHit> hits(List<JsonNode> documents)
      throws SearchTimeoutException, DependencyUnavailableException {
    if (documents.isEmpty()) {
      return List.of();
    }
    Map<String, List<Thumbnail>> thumbnails = new HashMap<>();
    ObjectNode search = OpenSearchSelect.thumbnails(documents, searchTimeout);
    for (JsonNode source : sources(schema.live().thumbnails(), search)) {
      thumbnails.put(source.path("owner").asText(), OpenSearchDocument.thumbnails(source));
    }
    return documents.stream()
        .map(source ->
            OpenSearchDocument.hit(source, thumbnails.getOrDefault(id(source), List.of())))
        .toList();
  }

  private static String id(JsonNode source) {
    return OpenSearchNames.document(
        new ObjectId(source.path("bucket").asText(), source.path("key").asText()));
  }

  private List<JsonNode> sources(String alias, ObjectNode search)
      throws SearchTimeoutException, DependencyUnavailableException {
    String path = "/" + alias + "/_search?allow_partial_search_results=false";
    try {
      Answer answer = client.send("POST", path, search, searchTimeout.plus(SLACK));
      if (!answer.isSuccess()) {
        throw OpenSearchClient.unavailable(answer);
      }
      if (answer.body().path("timed_out").asBoolean()) {
        throw new SearchTimeoutException(searchTimeout, null);
      }
      List<JsonNode> sources = new ArrayList<>();
      answer.body().path("hits").path("hits").forEach(hit -> sources.add(hit.path("_source")));
      return sources;
    } catch (HttpTimeoutException e) {
      throw new SearchTimeoutException(searchTimeout, e);
    }
  }
}
