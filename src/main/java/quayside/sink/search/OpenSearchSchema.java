package quayside.sink.search;

import static quayside.sink.search.OpenSearchClient.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.configuration.Problem;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.OpenSearchClient.Answer;

/**
 * The two indexes and the aliases that all reads and writes go through: {@code <name>-documents}
 * and {@code <name>-thumbnails} point at indexes with a number behind, so that another generation
 * can be built beside and take their place. Thread-safe.
 */
final class OpenSearchSchema {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,100}");
  private static final Pattern GENERATION = Pattern.compile(".*-(\\d+)");

  // Each position of a name is one token; the filter takes its alternatives apart, all of them at
  // the same position. Prefixes of words are indexed as well, up to the longest OpenSearch allows.
  private static final String DOCUMENTS =
      """
      {"settings": {"analysis": {
         "tokenizer": {"positions": {"type": "whitespace", "max_token_length": 65536}},
         "filter": {"alternatives": {"type": "pattern_capture", "preserve_original": false,
           "patterns": ["([^\\u0001]+)"]}},
         "analyzer": {
           "name_words": {"type": "custom", "tokenizer": "positions", "filter": ["alternatives"]},
           "typed_words": {"type": "custom", "tokenizer": "positions"}}}},
       "mappings": {"dynamic": "strict", "properties": {
         "bucket": {"type": "keyword"},
         "key": {"type": "keyword"},
         "deleted": {"type": "boolean"},
         "etag": {"type": "keyword", "index": false, "doc_values": false},
         "sizeBytes": {"type": "long", "index": false, "doc_values": false},
         "mimeType": {"type": "keyword", "index": false, "doc_values": false},
         "mediaType": {"type": "keyword"},
         "mediaKind": {"type": "keyword"},
         "image": {"type": "object", "enabled": false},
         "uploadedAt": {"type": "long"},
         "variables": {"type": "object", "enabled": false},
         "variableTerms": {"type": "keyword"},
         "verificationLevel": {"type": "keyword", "index": false, "doc_values": false},
         "eventId": {"type": "keyword", "index": false, "doc_values": false},
         "foldedKey": {"type": "wildcard", "doc_values": true},
         "words": {"type": "text", "analyzer": "name_words", "search_analyzer": "typed_words",
           "norms": false, "index_prefixes": {"min_chars": 1, "max_chars": 19}}}}}
      """;

  private static final String THUMBNAILS =
      """
      {"settings": {},
       "mappings": {"dynamic": "strict", "properties": {
         "bucket": {"type": "keyword"},
         "key": {"type": "keyword"},
         "owner": {"type": "keyword"},
         "etag": {"type": "keyword"},
         "version": {"type": "long"},
         "cause": {"type": "keyword"},
         "thumbnails": {"type": "object", "enabled": false}}}}
      """;

  private final OpenSearchClient client;
  private final SearchConfig.OpenSearch config;
  private volatile boolean present;

  OpenSearchSchema(OpenSearchClient client, SearchConfig.OpenSearch config) {
    requireName(config.index());
    this.client = client;
    this.config = config;
  }

  /** The same, when indexes can have names that begin so. */
  static String requireName(String index) {
    if (!NAME.matcher(index).matches()) {
      throw new Problem(
              "quayside.search.opensearch.index",
              index,
              "must be lower-case letters, digits, _ and -",
              "quayside")
          .exception();
    }
    return index;
  }

  /** Where one writes or reads: aliases or indexes. */
  record Names(String documents, String thumbnails) {
    List<String> both() {
      return List.of(documents, thumbnails);
    }
  }

  /** The aliases. */
  Names live() {
    return new Names(config.index() + "-documents", config.index() + "-thumbnails");
  }

  /** Makes the first generation when there is none. */
  void ensure() throws DependencyUnavailableException {
    if (!present) {
      Names live = live();
      for (String alias : live.both()) {
        if (!exists(alias)) {
          create(name(alias, 1), true);
        }
      }
      present = true;
    }
  }

  /** True when both aliases are there. */
  boolean isPresent() throws DependencyUnavailableException {
    return exists(live().documents()) && exists(live().thumbnails());
  }

  /** Makes {@link #ensure} look again. */
  void forget() {
    present = false;
  }

  /** The indexes behind the aliases. */
  Names current() throws DependencyUnavailableException {
    return new Names(behind(live().documents()), behind(live().thumbnails()));
  }

  /** The indexes of the generation after the current one, whether they are there or not. */
  Names next() throws DependencyUnavailableException {
    Names current = current();
    return new Names(
        name(live().documents(), generation(current.documents()) + 1),
        name(live().thumbnails(), generation(current.thumbnails()) + 1));
  }

  /** True when the index was made, false when it was there. */
  boolean create(String index, boolean withAlias) throws DependencyUnavailableException {
    boolean documents = index.startsWith(live().documents());
    ObjectNode body = read(documents ? DOCUMENTS : THUMBNAILS);
    ((ObjectNode) body.get("settings"))
        .put("number_of_shards", config.shards())
        .put("number_of_replicas", config.replicas())
        .put("refresh_interval", config.refreshInterval().toMillis() + "ms");
    if (withAlias) {
      body.putObject("aliases").putObject(documents ? live().documents() : live().thumbnails());
    }
    Answer answer = send("PUT", "/" + index, body);
    if (!answer.isSuccess() && !answer.errorType().equals("resource_already_exists_exception")) {
      throw OpenSearchClient.unavailable(answer);
    }
    return answer.isSuccess();
  }

  /** Deletes an index, if it is there. */
  void delete(String index) throws DependencyUnavailableException {
    Answer answer = send("DELETE", "/" + index, null);
    if (!answer.isSuccess() && answer.status() != 404) {
      throw OpenSearchClient.unavailable(answer);
    }
  }

  /** Points both aliases at another generation, all at once. */
  void swap(Names from, Names to) throws DependencyUnavailableException {
    ObjectNode body = JSON.createObjectNode();
    var actions = body.putArray("actions");
    for (int i = 0; i < 2; i++) {
      client.require("POST", "/" + to.both().get(i) + "/_refresh", null, LIMIT);
      actions
          .addObject()
          .putObject("remove")
          .put("index", from.both().get(i))
          .put("alias", live().both().get(i));
      actions
          .addObject()
          .putObject("add")
          .put("index", to.both().get(i))
          .put("alias", live().both().get(i));
    }
    client.require("POST", "/_aliases", body, LIMIT);
  }

  private boolean exists(String alias) throws DependencyUnavailableException {
    Answer answer = send("GET", "/_alias/" + alias, null);
    if (!answer.isSuccess() && answer.status() != 404) {
      throw OpenSearchClient.unavailable(answer);
    }
    return answer.isSuccess();
  }

  private String behind(String alias) throws DependencyUnavailableException {
    JsonNode indexes = client.require("GET", "/_alias/" + alias, null, LIMIT);
    return indexes.fieldNames().next();
  }

  private Answer send(String method, String path, @org.jspecify.annotations.Nullable JsonNode body)
      throws DependencyUnavailableException {
    try {
      return client.send(method, path, body, LIMIT);
    } catch (HttpTimeoutException e) {
      throw OpenSearchClient.unavailable(e);
    }
  }

  private static String name(String alias, int generation) {
    return "%s-%06d".formatted(alias, generation);
  }

  private static int generation(String index) {
    Matcher matcher = GENERATION.matcher(index);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a constant is no JSON", impossible);
    }
  }
}
