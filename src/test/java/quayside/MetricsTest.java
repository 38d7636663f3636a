package quayside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that alerts, dashboards, runbooks, scalers and README say about metrics is so in a
 * running service, once an upload was applied, a request refused and a dead letter written. A
 * renamed metric silences its alert, and nobody notices until it is needed.
 */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class MetricsTest {
  // New meters of Kafka's clients are looked for once a minute.
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** A metric with a selector; the selector's exact matches are looked at. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z][a-z0-9_]+)\\{([^}]*)}", Pattern.MULTILINE);

  private static final Pattern EQUAL = Pattern.compile("([a-z_]+)=\\\\?\"([^\"$\\\\]+)\\\\?\"");

  /** Labels that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("namespace", "job", "instance");

  private static final List<String> OPERATOR_FILES =
      List.of(
          "deploy/alerts",
          "deploy/dashboards",
          "deploy/runbooks",
          "deploy/kubernetes/components/autoscaling",
          "deploy/kubernetes/components/monitoring");

  /**
   * What the ingress' autoscaler asks for; monitoring/prometheus-adapter.yaml says of what it is
   * made.
   */
  private static final String NAMED_BY_THE_ADAPTER = "quayside_open_connections";

  /** Of {@code SchemaRegistration}, whose own tests look at it. */
  private static final String ONLY_WITH_A_REGISTRY = "quayside_registry_schemas";

  @TestHTTPResource URI api;

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void somethingHappens() throws Exception {
    String folder = "metrics-" + UUID.randomUUID();
    upload(folder + "/notes.txt", "text/plain");
    upload(folder + "/broken.jpg", "image/jpeg");
    http.send(
        HttpRequest.newBuilder(api.resolve("/oss/callback"))
            .POST(BodyPublishers.ofString("not signed"))
            .build(),
        BodyHandlers.discarding());
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(samples())
                .anyMatch(line -> isCounted(line, "quayside_catalog_applied_total{"))
                .anyMatch(line -> isCounted(line, "quayside_search_applied_total{"))
                .anyMatch(line -> isCounted(line, "quayside_sink_dead_letters_total{"))
                .anyMatch(line -> isCounted(line, "quayside_callback_refused_total{"))
                .anyMatch(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag{"))
                // The lag is known once the groups have formed.
                .anyMatch(line -> line.startsWith("quayside_consumer_lag{"))
                .anyMatch(line -> line.matches("quayside_consumer_position.*-timeline.*")));
  }

  @Test
  void everyMetricThatOperatorsAndScalersUse_isExported() throws Exception {
    Set<String> named = PromQl.metrics(operatorFiles());
    named.removeAll(Set.of(NAMED_BY_THE_ADAPTER, ONLY_WITH_A_REGISTRY));

    assertThat(named).hasSizeGreaterThan(100);
    assertThat(names()).containsAll(named);
  }

  @Test
  void everySelector_selectsSomething() throws Exception {
    List<String> samples = samples();
    Set<String> wanted = new TreeSet<>();
    Matcher selectors = SELECTOR.matcher(operatorFiles());
    while (selectors.find()) {
      if (PromQl.metrics(selectors.group(1)).isEmpty()) {
        continue;
      }
      Matcher equal = EQUAL.matcher(selectors.group(2));
      while (equal.find()) {
        if (!OF_PROMETHEUS.contains(equal.group(1))) {
          wanted.add(selectors.group(1) + " " + equal.group(1) + "=\"" + equal.group(2) + "\"");
        }
      }
    }

    assertThat(wanted).hasSizeGreaterThan(20);
    assertThat(wanted)
        .allSatisfy(selector -> {
          String[] parts = selector.split(" ", 2);
          assertThat(samples)
              .as(selector)
              .anyMatch(line -> line.startsWith(parts[0] + "{") && line.contains(parts[1]));
        });
  }

  @Test
  void everyMetricOfTheReadme_isExported() throws Exception {
    Set<String> exported = names();

    assertThat(readmeMetrics())
        .hasSizeGreaterThan(60)
        .filteredOn(name -> !name.replace('.', '_').equals(ONLY_WITH_A_REGISTRY))
        .allSatisfy(name -> {
          String base = name.replace('.', '_');
          assertThat(exported)
              .as(name)
              .anyMatch(
                  sample -> sample.matches(base + "(_total|_seconds_count|_seconds_bucket)?"));
        });
  }

  @Test
  void everyMetricOfOurs_isInTheReadme() throws Exception {
    Set<String> documented =
        readmeMetrics().stream().map(name -> name.replace('.', '_')).collect(Collectors.toSet());

    assertThat(names())
        .filteredOn(name -> name.startsWith("quayside_"))
        .extracting(name -> name.replaceAll("(_total|(_seconds)?_(count|sum|bucket|max))$", ""))
        .allSatisfy(name -> assertThat(documented).contains(name));
  }

  /** Whoever scrapes finds help, and names that say what they are. */
  @Test
  void exportedMetrics_areLinted() throws Exception {
    Path file = Path.of("target/metrics.txt");
    Files.writeString(file, scrape().collect(Collectors.joining("\n", "", "\n")));

    DebianTool.Result check =
        DebianTool.run(List.of("sh", "-c", DebianTool.promtool() + " check metrics <" + file));

    assertThat(check.output().lines().filter(line -> line.startsWith("quayside_"))).isEmpty();
  }

  @Test
  void ourMetrics_haveHelp() throws Exception {
    assertThat(scrape().filter(line -> line.startsWith("# HELP quayside_")))
        .hasSizeGreaterThan(50)
        .allSatisfy(line -> assertThat(line.split(" ", 4)[3]).isNotBlank());
  }

  private void upload(String key, String mimeType) throws Exception {
    try (OSSClient oss =
        OSSClient.newBuilder()
            .endpoint(LaptopStackResource.running().getProperty("oss.endpoint"))
            .region("cn-hangzhou")
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .usePathStyle(true)
            .build()) {
      String callback =
          """
          {"callbackUrl":"%s","callbackBody":"bucket=${bucket}&object=${object}&etag=${etag}&\
          size=${size}&mimeType=${mimeType}&reqId=${reqId}"}\
          """
              .formatted(api.resolve("/oss/callback"));
      oss.putObject(
          PutObjectRequest.newBuilder()
              .bucket("uploads")
              .key(key)
              .contentType(mimeType)
              .callback(
                  Base64.getEncoder().encodeToString(callback.getBytes(StandardCharsets.UTF_8)))
              .body(BinaryData.fromBytes("not a picture".getBytes(StandardCharsets.UTF_8)))
              .build());
    }
  }

  // Rows of the table of metrics: names in full, .rest of such a name, {a,b} after a dot for two.
  private static Set<String> readmeMetrics() throws IOException {
    Set<String> names = new TreeSet<>();
    String table =
        Files.readString(Path.of("README.md")).split("\n## Metrics\n")[1].split("\n## ")[0];
    for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
      String family = "";
      Matcher quoted = Pattern.compile("`([^`]+)`").matcher(row.split("\\|")[1]);
      while (quoted.find()) {
        String name = quoted.group(1).replaceAll("(?<![.])\\{.*", "");
        if (name.startsWith(".")) {
          name = family + name;
        } else {
          family = name.split("\\.")[0] + "." + name.split("\\.")[1];
        }
        if (name.endsWith("}")) {
          String base = name.substring(0, name.indexOf('{'));
          for (String rest : name.substring(base.length() + 1, name.length() - 1).split(",")) {
            names.add(base + rest);
          }
        } else {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static String operatorFiles() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String folder : OPERATOR_FILES) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.filter(f -> !f.toString().endsWith(".test.yml")).toList()) {
          text.append(Files.readString(file)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static boolean isCounted(String line, String metric) {
    return line.startsWith(metric) && !line.endsWith(" 0.0");
  }

  private Set<String> names() throws IOException, InterruptedException {
    return samples().stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
  }

  private List<String> samples() throws IOException, InterruptedException {
    return scrape().filter(line -> !line.startsWith("#")).toList();
  }

  private Stream<String> scrape() throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(metrics).header("Accept", "text/plain;version=0.0.4").build(),
            BodyHandlers.ofLines())
        .body();
  }
}
