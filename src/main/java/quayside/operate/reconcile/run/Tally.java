package quayside.operate.reconcile.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;
import quayside.sink.catalog.CatalogWalk.Entry;

/** What a run has found and done so far: numbers, and the first differences. Thread-safe. */
final class Tally {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String COMPARED = "compared";

  private final int maxSamples;
  private final Map<String, Long> counts = new TreeMap<>();
  private final ArrayNode samples;

  Tally(int maxSamples) {
    this(maxSamples, "{}", "[]");
  }

  /** Goes on counting where an earlier part of the run ended. */
  Tally(int maxSamples, String counts, String samples) {
    this.maxSamples = maxSamples;
    try {
      JSON.readTree(counts)
          .properties()
          .forEach(count -> this.counts.put(count.getKey(), count.getValue().asLong()));
      this.samples =
          JSON.readTree(samples) instanceof ArrayNode array ? array : JSON.createArrayNode();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts or samples of a run are not JSON", e);
    }
    this.counts.putIfAbsent(COMPARED, 0L);
    for (Difference.Kind kind : Difference.Kind.values()) {
      this.counts.putIfAbsent(kind.code(), 0L);
    }
  }

  synchronized void compared(long objects) {
    counts.merge(COMPARED, objects, Long::sum);
  }

  synchronized void found(Difference difference) {
    counts.merge(difference.kind().code(), 1L, Long::sum);
    if (samples.size() < maxSamples) {
      samples.add(sample(difference));
    }
  }

  synchronized void became(Repair.Outcome outcome) {
    counts.merge(outcome.code(), 1L, Long::sum);
  }

  /** The numbers so far, by name. */
  synchronized Map<String, Long> snapshot() {
    return Map.copyOf(counts);
  }

  /** The same as a JSON object. */
  synchronized String counts() {
    ObjectNode node = JSON.createObjectNode();
    counts.forEach(node::put);
    return node.toString();
  }

  /** The first differences, as a JSON array. */
  synchronized String samples() {
    return samples.toString();
  }

  private static JsonNode sample(Difference difference) {
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", difference.kind().code());
    node.put("key", difference.key());
    node.set("bucket", side(difference.listed()));
    node.set("catalog", side(difference.entry()));
    return node;
  }

  private static @Nullable JsonNode side(@Nullable ListedObject listed) {
    return listed == null
        ? null
        : JSON.createObjectNode()
            .put("etag", listed.etag())
            .put("size", listed.size())
            .put("lastModified", listed.lastModified().toString());
  }

  private static @Nullable JsonNode side(@Nullable Entry entry) {
    return entry == null
        ? null
        : JSON.createObjectNode()
            .put("etag", entry.etag())
            .put("size", entry.size())
            .put("deleted", entry.isDeleted())
            .put("sequence", entry.sequence());
  }
}
