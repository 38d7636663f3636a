package quayside.sink.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.configuration.Problem;
import quayside.sink.DependencyUnavailableException;

/**
 * JSON over HTTP, as OpenSearch speaks it. The JDK's client and half a dozen endpoints instead of
 * {@code opensearch-java}: that one brings 15 MB and an HTTP client of its own, and its types would
 * be built from our records only to be written as the same JSON. Thread-safe.
 */
final class OpenSearchClient {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_SHOWN_ERROR = 300;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI base;
  private final Optional<String> authorization;

  /**
   * A client of one cluster.
   *
   * @param base such as {@code https://search.example:9200}
   */
  OpenSearchClient(URI base, Optional<String> username, Optional<String> password) {
    if (username.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "quayside.search.opensearch.username, password: one is set without the other");
    }
    this.base = requireUrl(base);
    this.authorization = username.map(name -> basic(name + ":" + password.orElseThrow()));
  }

  /** The same, when it is one. */
  static URI requireUrl(URI base) {
    String scheme = base.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new Problem(
              "quayside.search.opensearch.url",
              base.toString(),
              "is not an http or https URL",
              "https://search.example:9200")
          .exception();
    }
    return base;
  }

  /**
   * What OpenSearch answered.
   *
   * @param status HTTP status
   * @param body JSON, or a missing node when there is none
   */
  record Answer(int status, JsonNode body) {

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Such as {@code index_not_found_exception}; {@code unknown} when it does not say. */
    String errorType() {
      return body.path("error").path("type").asText("unknown");
    }
  }

  /** One request with a JSON body, or none. */
  Answer send(String method, String path, @Nullable JsonNode body, Duration limit)
      throws HttpTimeoutException, DependencyUnavailableException {
    return send(method, path, "application/json", body == null ? "" : body.toString(), limit);
  }

  /** One request with any body. */
  Answer send(String method, String path, String contentType, String body, Duration limit)
      throws HttpTimeoutException, DependencyUnavailableException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(limit)
            .header("Content-Type", contentType)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), read(response.body()));
    } catch (java.net.http.HttpConnectTimeoutException e) {
      throw unavailable(e);
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  /** One request that must succeed; its time limit counts as not succeeding. */
  JsonNode require(String method, String path, @Nullable JsonNode body, Duration limit)
      throws DependencyUnavailableException {
    try {
      Answer answer = send(method, path, body, limit);
      if (!answer.isSuccess()) {
        throw unavailable(answer);
      }
      return answer.body();
    } catch (HttpTimeoutException e) {
      throw unavailable(e);
    }
  }

  /** The exception for an answer nobody expected. */
  static DependencyUnavailableException unavailable(Answer answer) {
    String text = answer.body().path("error").toString();
    String shown = text.substring(0, Math.min(text.length(), MAX_SHOWN_ERROR));
    return unavailable(new IOException("HTTP " + answer.status() + " " + shown));
  }

  /** The exception for a cluster that does not answer. */
  static DependencyUnavailableException unavailable(Exception cause) {
    return new DependencyUnavailableException("search index: OpenSearch: " + cause, cause);
  }

  private static JsonNode read(byte[] body) throws IOException {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // A proxy in between answers in HTML.
      throw new IOException("the answer is not JSON", e);
    }
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
