package quayside.operate.thumbnails;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Has a running service make the thumbnails of a changed preset, and shows how far it is. Ends with
 * 0 when all are made, with 1 when not; ending the command does not end the regeneration.
 */
@Command(
    name = "regenerate",
    mixinStandardHelpOptions = true,
    description = "Makes the thumbnails of a changed preset for everything uploaded before.")
public final class RegenerateCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 500;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--management",
      defaultValue = "${env:QUAYSIDE_MANAGEMENT_URL:-http://127.0.0.1:9001}",
      description = "Management port of the service (default: ${DEFAULT-VALUE}).")
  URI management = URI.create("http://127.0.0.1:9001");

  @Option(names = "--preset", description = "The preset whose version was raised.")
  String preset = "";

  @Option(
      names = "--rate",
      defaultValue = "10",
      description = "Most uploads a second (default: ${DEFAULT-VALUE}).")
  String rate = "10";

  @Option(
      names = "--restart",
      description = "From the first upload, even if it came further before.")
  boolean restart;

  @Option(names = "--status", description = "Only show how far it is.")
  boolean onlyStatus;

  @Option(names = "--cancel", description = "Stop the one under way.")
  boolean cancel;

  @Spec private @Nullable CommandSpec spec;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (onlyStatus) {
      return show(send("GET", ""));
    }
    if (cancel) {
      return show(send("DELETE", ""));
    }
    JsonNode status =
        send(
            "POST",
            "?preset=" + encoded(preset) + "&rate=" + encoded(rate) + "&restart=" + restart);
    while (isRunning(status)) {
      show(status);
      // Waits; nothing counts down.
      boolean ignored = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      status = send("GET", "");
    }
    show(status);
    return "done".equals(status.path("state").asText()) ? 0 : 1;
  }

  private JsonNode send(String method, String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(management.resolve("/q/thumbnails/regenerate" + query))
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  private int show(JsonNode status) {
    PrintWriter out =
        spec == null ? new PrintWriter(System.out, true, StandardCharsets.UTF_8) : spec.commandLine().getOut();
    if (status.has("reason")) {
      out.printf("%s: %s%n", status.path("reason").asText(), status.path("detail").asText());
      out.flush();
      return 1;
    }
    long read = status.path("read").asLong();
    long total = Math.max(read, status.path("total").asLong());
    out.printf(
        "%s %s %d of %d uploads, %d failed%s%n",
        status.path("state").asText(),
        status.path("campaign").asText("-"),
        read,
        total,
        status.path("failed").asLong(),
        status.hasNonNull("problem") ? " (" + status.path("problem").asText() + ")" : "");
    out.flush();
    return 0;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static boolean isRunning(JsonNode status) {
    return "running".equals(status.path("state").asText());
  }
}
