package quayside.laptop.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Quayside's API, as far as the demo asks it. */
final class Pipeline {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final URI api;

  Pipeline(HttpClient http, URI api) {
    this.http = http;
    this.api = api;
  }

  /** The catalog's row of an object, once it is that of the event. */
  Optional<JsonNode> row(String key, String eventId) throws IOException, InterruptedException {
    String path = "/api/objects/" + Endpoints.BUCKET + "/" + encoded(key).replace("%2F", "/");
    return get(path).filter(row -> row.path("eventId").asText().equals(eventId));
  }

  /** The search hit of an object, once it is that of the event. */
  Optional<JsonNode> hit(String query, String key, String eventId)
      throws IOException, InterruptedException {
    Optional<JsonNode> answer = get("/api/search?limit=100&q=" + encoded(query));
    if (answer.isPresent()) {
      for (JsonNode hit : answer.get().path("hits")) {
        if (hit.path("key").asText().equals(key) && hit.path("eventId").asText().equals(eventId)) {
          return Optional.of(hit);
        }
      }
    }
    return Optional.empty();
  }

  /** The event id in an answer to a callback. */
  static String eventId(String answer) throws IOException {
    String id = JSON.readTree(answer).path("eventId").asText();
    if (id.isEmpty()) {
      throw new IOException("the callback's answer names no event: " + answer);
    }
    return id;
  }

  private Optional<JsonNode> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(api + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200 -> Optional.of(JSON.readTree(response.body()));
      case 404 -> Optional.empty();
      default ->
          throw new IOException(
              path + " answered " + response.statusCode() + ": " + response.body());
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
