package quayside.sink.search;

import static quayside.sink.search.OpenSearchClient.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import quayside.sink.DependencyUnavailableException;

/**
 * {@link IndexedVersions} of OpenSearch: documents by id, which is exact at once, without waiting
 * for a refresh. The version that OpenSearch keeps of a document is the sequence. Thread-safe.
 */
final class OpenSearchIndexedVersions implements IndexedVersions {
  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final Duration limit;

  OpenSearchIndexedVersions(OpenSearchClient client, SearchConfig.OpenSearch config) {
    this.client = client;
    this.schema = new OpenSearchSchema(client, config);
    this.limit = config.writeTimeout();
  }

  @Override
  public Map<String, Version> of(String bucket, Collection<String> keys)
      throws DependencyUnavailableException {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<String, String> keyOf = HashMap.newHashMap(keys.size());
    keys.forEach(key -> keyOf.put(OpenSearchNames.document(new ObjectId(bucket, key)), key));
    Map<String, Version> versions = HashMap.newHashMap(keys.size());
    for (JsonNode document : documents(keyOf.keySet())) {
      if (document.path("found").asBoolean()) {
        versions.put(keyOf.get(document.path("_id").asText()), version(document));
      }
    }
    return versions;
  }

  private JsonNode documents(Collection<String> ids) throws DependencyUnavailableException {
    schema.ensure();
    ObjectNode body = JSON.createObjectNode();
    ids.forEach(body.putArray("ids")::add);
    String path = "/" + schema.live().documents() + "/_mget?_source_includes=deleted";
    try {
      JsonNode documents = client.require("POST", path, body, limit).path("docs");
      for (JsonNode document : documents) {
        if (document.has("error")) {
          throw OpenSearchClient.unavailable(new OpenSearchClient.Answer(200, document));
        }
      }
      return documents;
    } catch (DependencyUnavailableException e) {
      schema.forget(); // perhaps it is the alias that is gone
      throw e;
    }
  }

  private static Version version(JsonNode document) {
    return new Version(
        document.path("_version").longValue(),
        document.path("_source").path("deleted").booleanValue());
  }
}
