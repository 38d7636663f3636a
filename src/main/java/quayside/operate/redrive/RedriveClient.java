package quayside.operate.redrive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the management port of a running service. To be closed. */
final class RedriveClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  /** Of a service, by the URL of its management port, such as {@code http://127.0.0.1:9001}. */
  RedriveClient(URI management) {
    String text = management.toString();
    this.base = URI.create((text.endsWith("/") ? text : text + "/") + "q/dead-letters");
  }

  /** The service refuses, or fails. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean badRequest;

    RefusedException(int status, String message) {
      super(message);
      this.badRequest = status == 400;
    }

    /** Whether the request was wrong, not the service. */
    boolean isBadRequest() {
      return badRequest;
    }
  }

  /** A page of dead letters. */
  DeadLetterPage list(DeadLetterFilter filter, @Nullable String cursor, boolean redriven)
      throws IOException, InterruptedException, RefusedException {
    StringJoiner query = new StringJoiner("&", "?", "");
    add(query, "group", filter.group());
    add(query, "topic", filter.topic());
    filter.idList().forEach(id -> add(query, "id", id));
    add(query, "bucket", filter.bucket());
    add(query, "key", filter.key());
    add(query, "prefix", filter.prefix());
    add(query, "cause", filter.cause());
    add(query, "from", filter.from());
    add(query, "to", filter.to());
    add(query, "cursor", cursor);
    add(query, "redriven", Boolean.toString(redriven));
    return JSON.readValue(get(base + query.toString()), DeadLetterPage.class);
  }

  /** One dead letter, as the service's JSON. */
  String show(Position position) throws IOException, InterruptedException, RefusedException {
    return JSON.readTree(get(base + "/" + position)).toPrettyString();
  }

  /** Orders; returns how it ended. */
  RedriveProgress redrive(RedriveOrder order, Consumer<RedriveProgress> listener)
      throws IOException, InterruptedException, RefusedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/redrive"))
            .header("Content-Type", "application/json")
            .timeout(ANSWER_LIMIT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(order)))
            .build();
    HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw refused(response.statusCode(), String.join("\n", lines.toList()));
      }
      return follow(lines.iterator(), listener);
    }
  }

  private static RedriveProgress follow(Iterator<String> lines, Consumer<RedriveProgress> listener)
      throws IOException, RefusedException {
    while (lines.hasNext()) {
      JsonNode line = JSON.readTree(lines.next());
      if (line.has("reason")) {
        throw refused(line.path("status").asInt(), line.toString());
      }
      RedriveProgress progress = JSON.treeToValue(line, RedriveProgress.class);
      listener.accept(progress);
      if (progress.done()) {
        return progress;
      }
    }
    throw new IOException("the service ended its answer early; order the rest again");
  }

  private String get(String uri) throws IOException, InterruptedException, RefusedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(ANSWER_LIMIT).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw refused(response.statusCode(), response.body());
    }
    return response.body();
  }

  private static RefusedException refused(int status, String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      if (problem != null && problem.has("detail")) {
        return new RefusedException(
            status, problem.path("reason").asText() + ": " + problem.path("detail").asText());
      }
    } catch (IOException e) {
      // Somebody else answered.
    }
    return new RefusedException(status, "status " + status + ": is this the management port?");
  }

  private static void add(StringJoiner query, String name, @Nullable String value) {
    if (value != null) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
