package quayside.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import quayside.chaos.Bucket.Listed;

/**
 * Bucket, catalog, search index, states and thumbnails of one folder, side by side, as their users
 * see them.
 *
 * @param differences what is missing, old or too much, in words
 * @param doubled what is there twice
 */
record Comparison(List<String> differences, List<String> doubled) {
  private static final String SHELF = "thumbnails/";

  /** Three presets in two formats. */
  private static final int RENDITIONS = 6;

  /** Compares the objects whose keys meet a condition. */
  static Comparison of(
      Bucket bucket, Instance instance, KafkaLog kafka, String folder, Predicate<String> which)
      throws IOException {
    List<String> doubled = new ArrayList<>();
    Map<String, JsonNode> catalog =
        pages(instance, "/api/objects?order=key&limit=500", "objects", folder, doubled);
    Map<String, JsonNode> index = pages(instance, "/api/search?limit=100", "hits", folder, doubled);
    Map<String, JsonNode> states = States.of(kafka, folder);
    Map<String, Listed> objects = bucket.list(folder);
    Map<String, Set<String>> shelf = shelf(bucket);
    List<String> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(objects.keySet());
    keys.addAll(catalog.keySet());
    keys.addAll(index.keySet());
    keys.addAll(states.keySet());
    for (String key : keys) {
      if (which.test(key)) {
        Listed object = objects.get(key);
        compare("catalog", key, object, catalog.get(key), differences);
        compare("index", key, object, index.get(key), differences);
        compare("state", key, object, states.get(key), differences);
        if (object != null && Upload.isPhoto(key)) {
          count(key, shelf.getOrDefault(object.etag(), Set.of()), differences, doubled);
        }
      }
    }
    return new Comparison(differences, doubled);
  }

  private static void compare(
      String view, String key, Listed object, JsonNode shown, List<String> differences) {
    if (object == null || shown == null) {
      differences.add(key + ": in bucket " + object + ", in " + view + " " + shown);
      return;
    }
    Listed held = new Listed(shown.path("etag").asText(), shown.path("size").asLong());
    int wanted = Upload.isPhoto(key) ? RENDITIONS : 0;
    int thumbnails = shown.path("thumbnails").size();
    if (!held.equals(object)) {
      differences.add(key + ": in bucket " + object + ", in " + view + " " + held);
    } else if (thumbnails != wanted) {
      differences.add(key + ": " + thumbnails + " thumbnails in " + view + ", want " + wanted);
    }
  }

  // Their names follow from the content, so a second set of them could only be under other names.
  private static void count(
      String key, Set<String> names, List<String> differences, List<String> doubled) {
    if (names.size() > RENDITIONS + 1) {
      doubled.add(key + ": thumbnails " + names);
    } else if (names.size() < RENDITIONS + 1 || !names.contains("manifest.json")) {
      differences.add(key + ": thumbnails " + names);
    }
  }

  private static Map<String, Set<String>> shelf(Bucket bucket) {
    Map<String, Set<String>> names = new TreeMap<>();
    for (String key : bucket.list(SHELF).keySet()) {
      String[] parts = key.split("/", 3);
      names.computeIfAbsent(parts[1], etag -> new TreeSet<>()).add(parts[2]);
    }
    return names;
  }

  private static Map<String, JsonNode> pages(
      Instance instance, String query, String member, String folder, List<String> doubled)
      throws IOException {
    Map<String, JsonNode> found = new TreeMap<>();
    String first = query + "&bucket=" + Stack.BUCKET + "&prefix=" + folder;
    String path = first;
    while (!path.isEmpty()) {
      JsonNode page = instance.get(path);
      for (JsonNode object : page.path(member)) {
        if (found.put(object.path("key").asText(), object) != null) {
          doubled.add(member + ": " + object.path("key").asText());
        }
      }
      String cursor = page.path("nextCursor").asText("");
      path =
          cursor.isEmpty() || page.path("nextCursor").isNull()
              ? ""
              : first + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    return found;
  }
}
