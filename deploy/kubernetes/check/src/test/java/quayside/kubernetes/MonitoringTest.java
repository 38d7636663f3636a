package quayside.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.kubernetes.Overlay.list;
import static quayside.kubernetes.Overlay.title;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators and scalers of a cluster get what the tests of rules and dashboards have tried. */
class MonitoringTest {
  private static final Overlay PRODUCTION = Overlay.named("production");
  private static final Path ALERTS = Path.of("../../alerts");
  private static final Path DASHBOARDS = Path.of("../../dashboards");

  @Test
  void everyRuleFile_isAPrometheusRule() throws IOException {
    Map<String, JsonNode> expected = new TreeMap<>();
    for (Path file : files(ALERTS, ".rules.yml")) {
      expected.put(
          "quayside-" + file.getFileName().toString().replace(".rules.yml", ""),
          Overlay.YAML.readTree(file.toFile()).path("groups"));
    }
    Map<String, JsonNode> rules = new TreeMap<>();
    PRODUCTION.of("PrometheusRule").forEach(rule -> rules.put(name(rule), rule.at("/spec/groups")));

    assertThat(rules).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void everyDashboard_isAConfigMapForTheSideCar() throws IOException {
    List<JsonNode> labelled =
        PRODUCTION.of("ConfigMap").stream()
            .filter(map -> map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
            .toList();
    Map<String, String> found = new TreeMap<>();
    labelled.forEach(map ->
        map.path("data")
            .propertyStream()
            .forEach(file -> found.put(file.getKey(), file.getValue().asText())));
    Map<String, String> expected = new TreeMap<>();
    for (Path file : files(DASHBOARDS, ".json")) {
      expected.put("quayside-" + file.getFileName(), Files.readString(file));
    }

    assertThat(found).isNotEmpty().isEqualTo(expected);
    assertThat(labelled).hasSameSizeAs(expected.keySet());
  }

  /**
   * A metric under another name leaves the scaler with its processors alone, and nobody is told.
   */
  @Test
  void metricsOfTheIngressScaler_areMadeByTheAdapter() throws IOException {
    JsonNode adapter =
        Overlay.YAML.readTree(Path.of("../components/monitoring/prometheus-adapter.yaml").toFile());
    Set<String> made =
        list(adapter, "/rules/custom").stream()
            .map(rule -> rule.at("/name/as").asText())
            .collect(Collectors.toSet());
    Set<String> wanted =
        PRODUCTION.of("HorizontalPodAutoscaler").stream()
            .flatMap(scaler -> list(scaler, "/spec/metrics").stream())
            .filter(metric -> metric.path("type").asText().equals("Pods"))
            .map(metric -> metric.at("/pods/metric/name").asText())
            .collect(Collectors.toSet());

    assertThat(wanted).isNotEmpty().isEqualTo(made);
  }

  @Test
  void scalersByLag_askForTopicsAndForTheGroupOfTheirWorkload() {
    Set<String> topics =
        PRODUCTION.of("KafkaTopic").stream().map(MonitoringTest::name).collect(Collectors.toSet());
    Set<String> groups =
        PRODUCTION.of("KafkaUser").stream()
            .flatMap(user -> list(user, "/spec/authorization/acls").stream())
            .filter(acl -> acl.at("/resource/type").asText().equals("group"))
            .map(acl -> acl.at("/resource/name").asText())
            .collect(Collectors.toSet());
    List<JsonNode> scalers = PRODUCTION.of("ScaledObject");

    assertThat(scalers)
        .hasSize(5)
        .allSatisfy(scaler -> {
          List<JsonNode> byLag =
              list(scaler, "/spec/triggers").stream()
                  .filter(trigger -> trigger.path("type").asText().equals("kafka"))
                  .map(trigger -> trigger.path("metadata"))
                  .toList();
          assertThat(byLag)
              .as(title(scaler))
              .isNotEmpty()
              .allSatisfy(query -> {
                assertThat(topics).contains(query.path("topic").asText());
                assertThat(groups).contains(query.path("consumerGroup").asText());
                assertThat(query.path("consumerGroup").asText())
                    .isEqualTo(scaler.at("/spec/scaleTargetRef/name").asText());
              });
        });
  }

  private static String name(JsonNode document) {
    return document.at("/metadata/name").asText();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
