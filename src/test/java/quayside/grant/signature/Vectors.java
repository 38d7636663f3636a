package quayside.grant.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The known answers under {@code src/test/resources/grants}. */
final class Vectors {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Vectors() {}

  static JsonNode file(String name) {
    try (InputStream file = Vectors.class.getResourceAsStream("/grants/" + name)) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> of(String name) {
    return StreamSupport.stream(file(name).get("vectors").spliterator(), false);
  }

  static JsonNode derived(String name) {
    return of("derived-with-callback.json")
        .filter(v -> v.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Instant time(JsonNode vector) {
    return SECOND.parse(vector.get("time").asText(), Instant::from);
  }

  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(p -> map.put(p.getKey(), p.getValue().asText()));
    return map;
  }
}
