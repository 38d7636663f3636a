package quayside.sink.search;

import static quayside.sink.search.OpenSearchClient.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search as JSON: of documents, then of the thumbnails of what was found. Everything that came
 * from a user is a value, never syntax. Not thread-safe: made for one query.
 */
final class OpenSearchSelect {
  // Only for prefixes longer than those that are indexed; beyond it some names are not found.
  private static final int MAX_EXPANSIONS = 1_000;

  private final ObjectNode body = JSON.createObjectNode();
  private final ArrayNode conditions;

  OpenSearchSelect(SearchQuery query, Duration timeout) {
    conditions = body.putObject("query").putObject("bool").putArray("filter");
    term("deleted", "false");
    NameTerm.parse(query.text()).forEach(term -> conditions.add(term(term)));
    filters(query);
    // One more than asked for tells whether there is a next page.
    body.put("size", query.limit() + 1)
        .put("track_total_hits", false)
        .put("timeout", timeout.toMillis() + "ms");
    body.putObject("_source").putArray("excludes").add("foldedKey").add("words");
    for (String field : List.of("uploadedAt", "bucket", "key")) {
      body.withArray("sort").addObject().put(field, "desc");
    }
    if (query.after() != null) {
      body.putArray("search_after")
          .add(OpenSearchDocument.micros(query.after().uploadedAt()))
          .add(query.after().id().bucket())
          .add(query.after().id().key());
    }
  }

  /** The search of documents. */
  ObjectNode documents() {
    return body;
  }

  /**
   * The search of the thumbnails of documents: of each the newest that belong to it, by ETag or,
   * where the document has none, by the event that caused them.
   */
  static ObjectNode thumbnails(List<JsonNode> documents, Duration timeout) {
    ObjectNode search = JSON.createObjectNode();
    ArrayNode either = search.putObject("query").putObject("bool").putArray("should");
    ArrayNode ids = either.addObject().putObject("ids").putArray("values");
    ArrayNode causes = either.addObject().putObject("terms").putArray("cause");
    for (JsonNode document : documents) {
      ObjectId id = new ObjectId(document.path("bucket").asText(), document.path("key").asText());
      @Nullable String etag = document.path("etag").textValue();
      if (etag == null) {
        causes.add(OpenSearchNames.cause(id, document.path("eventId").asText()));
      } else {
        ids.add(OpenSearchNames.thumbnails(id, etag));
      }
    }
    search
        .put("size", documents.size())
        .put("track_total_hits", false)
        .put("timeout", timeout.toMillis() + "ms");
    search.putObject("collapse").put("field", "owner");
    search.withArray("sort").addObject().put("version", "desc");
    search.withArray("sort").addObject().put("etag", "asc");
    return search;
  }

  private ObjectNode term(NameTerm term) {
    if (term.words().isEmpty()) {
      return contains(term.substring());
    }
    if (term.substring().isEmpty()) {
      return phrase(term.words(), term.prefix());
    }
    ObjectNode either = JSON.createObjectNode();
    either
        .putObject("bool")
        .putArray("should")
        .add(contains(term.substring()))
        .add(phrase(term.words(), term.prefix()));
    return either;
  }

  private static ObjectNode contains(String substring) {
    ObjectNode condition = JSON.createObjectNode();
    String escaped = substring.replaceAll("[\\\\*?]", "\\\\$0");
    condition.putObject("wildcard").putObject("foldedKey").put("value", "*" + escaped + "*");
    return condition;
  }

  private static ObjectNode phrase(List<String> words, boolean prefix) {
    ObjectNode condition = JSON.createObjectNode();
    if (words.size() == 1) {
      condition.putObject(prefix ? "prefix" : "term").put("words", words.getFirst());
      return condition;
    }
    ObjectNode phrase =
        condition.putObject(prefix ? "match_phrase_prefix" : "match_phrase").putObject("words");
    phrase.put("query", String.join(" ", words));
    if (prefix) {
      phrase.put("max_expansions", MAX_EXPANSIONS);
    }
    return condition;
  }

  private void filters(SearchQuery query) {
    if (query.bucket() != null) {
      term("bucket", query.bucket());
    }
    if (!query.prefix().isEmpty()) {
      conditions.addObject().putObject("prefix").put("key", query.prefix());
    }
    if (query.mimeType() != null) {
      mimeType(query.mimeType());
    }
    if (query.from() != null) {
      range("gte", OpenSearchDocument.micros(query.from()));
    }
    if (query.to() != null) {
      range("lt", OpenSearchDocument.micros(query.to()));
    }
    query
        .variables()
        .forEach(variable ->
            term("variableTerms", OpenSearchNames.variable(variable.name(), variable.value())));
  }

  private void mimeType(MimeTypeRange range) {
    if (range.subtype() == null) {
      term("mediaKind", range.type());
    } else {
      term("mediaType", range.type() + "/" + range.subtype());
    }
  }

  private void range(String comparison, long micros) {
    conditions.addObject().putObject("range").putObject("uploadedAt").put(comparison, micros);
  }

  private void term(String field, String value) {
    conditions.addObject().putObject("term").put(field, value);
  }
}
