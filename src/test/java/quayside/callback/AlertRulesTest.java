package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quayside.DebianTool;

/** The alerts work, and are about metrics that the service has from its start. */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class AlertRulesTest {
  private static final String RULES = "deploy/alerts/quayside.rules.yml";
  private static final Pattern METRIC = Pattern.compile("\\bquayside_[a-z_]+");

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  /** A renamed metric silences its alert, and nobody notices until it is needed. */
  @Test
  void everyMetricOfTheRules_isExported() throws IOException {
    Set<String> named = new TreeSet<>();
    METRIC.matcher(Files.readString(Path.of(RULES))).results().forEach(m -> named.add(m.group()));
    // Those that the descriptions only speak of are born with their first value.
    named.removeAll(Set.of("quayside_sink_retries_total", "quayside_sink_dead_letters_total"));

    assertThat(named).hasSizeGreaterThanOrEqualTo(12);
    // The lag is known once the groups have formed.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(exported()).containsAll(named));
  }

  private Set<String> exported() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
        .body()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  @Test
  void rules_alertWhenTheyShould() {
    String promtool = DebianTool.promtool().toString();

    DebianTool.Result check = DebianTool.run(List.of(promtool, "check", "rules", RULES));
    DebianTool.Result test =
        DebianTool.run(List.of(promtool, "test", "rules", "deploy/alerts/quayside.rules.test.yml"));

    assertThat(check.exitCode()).as(check.output()).isZero();
    assertThat(test.exitCode()).as(test.output()).isZero();
  }
}
