package quayside.operate.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reconcile}: has a running service compare a bucket with the catalog. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a bucket with the catalog of a running service and publishes what is missing: uploads",
      "whose callback never came, overwritten and deleted objects, missing thumbnails, stale index",
      "entries. Harmless to repeat. Ending the command does not end the run."
    },
    footer = {"", "Exit codes: 0 done, 1 failed or another run is under way, 2 bad usage."})
public final class ReconcileCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--bucket", required = true, description = "The bucket.")
  private String bucket = "";

  @Option(names = "--prefix", description = "Only keys that begin with it.")
  private @Nullable String prefix;

  @Option(names = "--dry-run", description = "Tell what differs, publish nothing.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Differences repaired per second. Default: the service's configuration.")
  private @Nullable Integer rate;

  @Option(
      names = "--resume",
      description = "Go on where the last such run failed or was stopped, if there is one.")
  private boolean resume;

  @Option(
      names = "--thumbnails",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Look for missing thumbnails. On unless --no-thumbnails.")
  private boolean thumbnails = true;

  @Option(
      names = "--inventory",
      paramLabel = "FILE|oss://BUCKET/KEY",
      description =
          "Read a manifest.json of OSS Inventory instead of listing the bucket: an object, or a file in the"
              + " service's inventory directory.")
  private @Nullable String inventory;

  @Option(
      names = "--inventory-schema",
      paramLabel = "COLUMNS",
      description = "For a single CSV file: its columns, such as \"Bucket, Key, Size, ETag\".")
  private @Nullable String schema;

  @Option(
      names = "--management",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:${env:QUAYSIDE_MANAGEMENT_PORT:-9001}",
      description = "The management port of the service. Default: ${DEFAULT-VALUE}.")
  private URI management = URI.create("http://127.0.0.1:9001");

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** The command; the service is asked over HTTP. */
  public ReconcileCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      JsonNode run = send(http, request().POST(HttpRequest.BodyPublishers.ofString(body())));
      ReconcileProgress progress = new ReconcileProgress(err());
      while (run.path("state").asText().equals("running")) {
        progress.show(run);
        Thread.sleep(POLL);
        run = send(http, request("/" + run.path("id").asText()).GET());
      }
      progress.end();
      out().print(json ? run.toPrettyString() + "\n" : ReconcileProgress.result(run));
      out().flush();
      return run.path("state").asText().equals("done") ? 0 : 1;
    } catch (IOException e) {
      err().println("reconcile: " + management + ": " + reason(e));
      return 1;
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "cannot be reached" : e.getMessage();
  }

  private String body() {
    ObjectNode body = JSON.createObjectNode();
    body.put("bucket", bucket);
    body.put("prefix", prefix);
    body.put("dryRun", dryRun);
    body.put("rate", rate);
    body.put("resume", resume);
    body.put("thumbnails", thumbnails);
    body.put("inventory", schema == null ? inventory : inventory + "#" + schema);
    return body.toString();
  }

  private HttpRequest.Builder request() {
    return request("");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(management.resolve("/q/reconcile" + path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json");
  }

  private static JsonNode send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(problem(answer));
    }
    return JSON.readTree(answer.body());
  }

  private static String problem(HttpResponse<String> answer) {
    try {
      JsonNode problem = JSON.readTree(answer.body());
      return problem.path("title").asText() + ": " + problem.path("detail").asText();
    } catch (IOException e) {
      return "answered " + answer.statusCode() + "; is it the management port?";
    }
  }

  private PrintWriter out() {
    return require().commandLine().getOut();
  }

  private PrintWriter err() {
    return require().commandLine().getErr();
  }

  private CommandSpec require() {
    if (spec == null) {
      throw new IllegalStateException("the command runs through picocli");
    }
    return spec;
  }
}
