package quayside.operate.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code health}: asks the management port and ends with 0 when the service is well, with 1 when it
 * is not or does not answer within the limit; then a line says why. Not for load balancers and
 * Kubernetes, which ask over HTTP themselves.
 */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description =
        "Asks a service on this machine whether it is well, as a container's health check does.",
    footer = {"", "Exit codes: 0 it is, 1 it is not or does not answer, 2 bad usage."})
public final class HealthCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More than a sound service writes; what is beyond it is not looked at. */
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  /** Named as in the paths of the management port. */
  private enum Question {
    LIVE,
    READY,
    STARTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--management",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:${env:QUAYSIDE_MANAGEMENT_PORT:-9001}",
      description = "The management port of the service. Default: ${DEFAULT-VALUE}.")
  private URI management = URI.create("http://127.0.0.1:9001");

  @Option(
      names = "--question",
      defaultValue = "ready",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Question question = Question.READY;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "4",
      description =
          "How long to wait for a connection, and for an answer. Default: ${DEFAULT-VALUE}.")
  private int timeout = 4;

  @Spec private @Nullable CommandSpec spec;

  /** The command; the service is asked over HTTP. */
  public HealthCommand() {}

  @Override
  public Integer call() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) management.resolve("/q/health/" + question).toURL().openConnection();
      connection.setConnectTimeout(timeout * 1_000);
      connection.setReadTimeout(timeout * 1_000);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return 0;
      }
      err().println("health: not " + question + ": " + reason(status, connection.getErrorStream()));
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      err().println("health: " + management + ": " + e.getMessage());
    }
    return 1;
  }

  /** The names of the checks that fail, where the answer has them. */
  private static String reason(int status, @Nullable InputStream body) throws IOException {
    List<String> failing = new ArrayList<>();
    if (body != null) {
      try (body) {
        byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
        for (JsonNode check :
            JSON.readTree(new String(bytes, StandardCharsets.UTF_8)).path("checks")) {
          if (!check.path("status").asText().equals("UP")) {
            failing.add(check.path("name").asText());
          }
        }
      } catch (JsonProcessingException notOurs) {
        // Something else answers there; its status says enough.
      }
    }
    return failing.isEmpty() ? "status " + status : String.join(", ", failing);
  }

  private PrintWriter err() {
    if (spec == null) {
      throw new IllegalStateException("the command runs through picocli");
    }
    return spec.commandLine().getErr();
  }
}
