package quayside.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** The registry's API as its other users use it. */
final class RegistryApi {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI base;

  RegistryApi(URI base) {
    this.base = base;
  }

  /** The schema with an id, as readers of a record get it. */
  JsonNode schema(String id) throws IOException, InterruptedException {
    return JSON.readTree(send(request("/schemas/ids/" + id).GET().build()).path("schema").asText());
  }

  /** The numbers of the versions of a subject. */
  JsonNode versions(String subject) throws IOException, InterruptedException {
    return send(request("/subjects/" + subject + "/versions").GET().build());
  }

  /** What may change from version to version of a subject. */
  void compatibility(String subject, String level) throws IOException, InterruptedException {
    send(
        request("/config/" + subject)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"" + level + "\"}"))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(request + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    }
  }
}
