package quayside.operate.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Has a running service do something in the background and shows how far it is, until it ends. Ends
 * with 0 when it is done, with 1 when it is not; ending the command does not end the task.
 */
public abstract class TaskCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 500;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--management",
      defaultValue = "${env:QUAYSIDE_MANAGEMENT_URL:-http://127.0.0.1:9001}",
      description = "Management port of the service (default: ${DEFAULT-VALUE}).")
  private URI management = URI.create("http://127.0.0.1:9001");

  @Option(names = "--status", description = "Only show how far it is.")
  private boolean onlyStatus;

  @Option(names = "--cancel", description = "Stop the one under way.")
  private boolean cancel;

  @Spec private @Nullable CommandSpec spec;

  private final String path;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /**
   * A command.
   *
   * @param path of the task on the management port: {@code POST} begins one, {@code GET} shows how
   *     far it is, {@code DELETE} stops it
   */
  protected TaskCommand(String path) {
    this.path = path;
  }

  /** What to begin: the parameters of the {@code POST}. */
  protected abstract Map<String, String> parameters();

  /** How far it is, in one line without state and problem. */
  protected abstract String progress(JsonNode status);

  @Override
  public final Integer call() throws IOException, InterruptedException {
    if (onlyStatus) {
      return show(send("GET", ""));
    }
    if (cancel) {
      return show(send("DELETE", ""));
    }
    JsonNode status = send("POST", query());
    while ("running".equals(status.path("state").asText())) {
      show(status);
      // Waits; nothing counts down.
      boolean ignored = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      status = send("GET", "");
    }
    show(status);
    return "done".equals(status.path("state").asText()) ? 0 : 1;
  }

  private String query() {
    return parameters().entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .sorted()
        .collect(Collectors.joining("&", "?", ""));
  }

  private JsonNode send(String method, String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(management.resolve(path + query))
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  private int show(JsonNode status) {
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
            : spec.commandLine().getOut();
    boolean refused = status.has("reason");
    if (refused) {
      out.printf("%s: %s%n", status.path("reason").asText(), status.path("detail").asText());
    } else {
      out.printf(
          "%s %s%s%n",
          status.path("state").asText(),
          progress(status),
          status.hasNonNull("problem") ? " (" + status.path("problem").asText() + ")" : "");
    }
    out.flush();
    return refused ? 1 : 0;
  }
}
