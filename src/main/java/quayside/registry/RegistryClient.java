package quayside.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import quayside.registry.RegistryAnswer.Refused;
import quayside.registry.RegistryAnswer.Registered;
import quayside.registry.RegistryAnswer.Unavailable;
import quayside.registry.RegistryAnswer.Unknown;

/**
 * Two requests of the registry's API: the lookup of a schema under a subject, and its registration.
 * Follows no redirects, reads a bounded part of an answer, and waits for the whole of it no longer
 * than the timeout. Thread-safe; to be closed.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html#post--subjects-(string-%20subject)">the
 *     API</a>
 */
final class RegistryClient implements AutoCloseable {
  /** An answer repeats the schema, which has some 10 KB. */
  private static final int MAX_ANSWER_BYTES = 256 << 10;

  private static final int MAX_WORDS = 300;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = new JsonMapper();

  private final RegistryAddress address;
  private final HttpClient http;

  RegistryClient(RegistryAddress address) {
    this.address = address;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(address.timeout())
            .build();
  }

  /** The schema's id, when the registry has it under the subject. */
  RegistryAnswer lookUp(String subject, String schema) throws InterruptedException {
    return post(address.subject(subject), schema);
  }

  /** The id of the schema, which the registry has from now on; the same if it had it before. */
  RegistryAnswer register(String subject, String schema) throws InterruptedException {
    return post(address.versions(subject), schema);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private RegistryAnswer post(URI uri, String schema) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(address.timeout())
            .header("Content-Type", MEDIA_TYPE)
            .header("Accept", MEDIA_TYPE + ", application/json")
            .POST(BodyPublishers.ofString(body(schema)));
    String authorization = address.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    // The client's own timeout ends with the head of the answer.
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
    try {
      return read(answer.get(address.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Unavailable("timeout", "no answer within " + address.timeout());
    } catch (ExecutionException e) {
      return unavailable(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private RegistryAnswer read(HttpResponse<String> response) {
    JsonNode body = json(response.body());
    int status = response.statusCode();
    return switch (status) {
      case 200, 201 -> registered(body);
      case 401, 403 -> new Unavailable("unauthorized", words(status, body));
      case 404 -> new Unknown();
      case 409, 422 -> new Refused(status, words(status, body));
      case 301, 302, 303, 307, 308 ->
          new Unavailable("redirected", "it answers elsewhere; set the URL where it does");
      default -> new Unavailable("failed", words(status, body));
    };
  }

  private static RegistryAnswer registered(@Nullable JsonNode body) {
    JsonNode id = body == null ? null : body.get("id");
    return id != null && id.canConvertToInt() && id.isIntegralNumber() && id.asInt() > 0
        ? new Registered(id.asInt())
        : new Unavailable("answer-unreadable", "no id in the answer: is this a schema registry?");
  }

  // The registry's own words go into a log line, which makes them printable.
  private static String words(int status, @Nullable JsonNode body) {
    String message = body == null ? "" : body.path("message").asText("");
    String bounded = message.substring(0, Math.min(message.length(), MAX_WORDS));
    return ("HTTP " + status + " " + bounded).strip();
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  // What does not come to an answer, and what does but not to its end.
  private static RegistryAnswer unavailable(@Nullable Throwable failure) {
    String words = Objects.toString(failure);
    String bounded = words.substring(0, Math.min(words.length(), MAX_WORDS));
    return switch (failure) {
      case HttpTimeoutException e -> new Unavailable("timeout", bounded);
      case ConnectException e -> new Unavailable("unreachable", bounded);
      case SSLException e -> new Unavailable("unreachable", bounded);
      case IOException e -> new Unavailable("answer-unreadable", bounded);
      case null, default -> new Unavailable("failed", bounded);
    };
  }

  private static String body(String schema) {
    return JSON.createObjectNode().put("schemaType", "JSON").put("schema", schema).toString();
  }
}
