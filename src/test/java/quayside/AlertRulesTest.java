package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts fire when they should, are silent when they should, and say what to do. */
class AlertRulesTest {
  private static final Path DIRECTORY = Path.of("deploy/alerts");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path PROMETHEUS_RULES =
      Path.of("deploy/kubernetes/components/monitoring/rules.yaml");
  private static final String HEALTHY = "healthy.rules.test.yml";

  /** One alert of a rule file. */
  record Alert(String name, JsonNode rule) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Path> ruleFiles() throws IOException {
    return files(".rules.yml");
  }

  static Stream<Path> testFiles() throws IOException {
    return files(".rules.test.yml");
  }

  static Stream<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (Path file : ruleFiles().toList()) {
      for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          if (rule.has("alert")) {
            alerts.add(new Alert(rule.path("alert").asText(), rule));
          }
        }
      }
    }
    return alerts.stream();
  }

  @ParameterizedTest
  @MethodSource("ruleFiles")
  void rules_areValid(Path file) {
    assertPromtoolAgrees("check", file);
  }

  @ParameterizedTest
  @MethodSource("testFiles")
  void rules_alertWhenTheyShould(Path file) {
    assertPromtoolAgrees("test", file);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void alert_saysHowBadItIsAndWhatToDo(Alert alert) {
    assertThat(alert.name()).startsWith("Quayside");
    assertThat(alert.rule().at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(alert.rule().at("/annotations/summary").asText()).isNotBlank();
    assertThat(alert.rule().at("/annotations/description").asText()).isNotBlank();
    assertThat(alert.rule().at("/annotations/runbook_url").asText())
        .isEqualTo("https://quayside.io/runbooks/" + alert.name());
  }

  /** An alert that no test makes fire may never do so. */
  @ParameterizedTest
  @MethodSource("alerts")
  void alert_firesInATest(Alert alert) throws IOException {
    List<String> labels = new ArrayList<>();
    for (Path file : testFiles().toList()) {
      for (JsonNode test : YAML.readTree(file.toFile()).path("tests")) {
        test.findValues("exp_samples").stream()
            .flatMap(samples -> samples.findValuesAsText("labels").stream())
            .forEach(labels::add);
        for (JsonNode expected : test.path("alert_rule_test")) {
          if (!expected.path("exp_alerts").isEmpty()) {
            labels.add("alertname=\"%s\"".formatted(expected.path("alertname").asText()));
          }
        }
      }
    }

    assertThat(labels).anyMatch(text -> text.contains("alertname=\"" + alert.name() + "\""));
  }

  /** The healthy installation proves the silence only of alerts whose metrics it has. */
  @Test
  void healthyInstallation_hasEveryMetricOfTheRules() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (Path file : ruleFiles().toList()) {
      YAML.readTree(file.toFile())
          .findValuesAsText("expr")
          .forEach(expression -> wanted.addAll(PromQl.metrics(expression)));
    }
    JsonNode healthy = YAML.readTree(DIRECTORY.resolve(HEALTHY).toFile());

    assertThat(wanted).hasSizeGreaterThan(30);
    assertThat(PromQl.metrics(String.join(" ", healthy.findValuesAsText("series"))))
        .containsAll(wanted);
    assertThat(healthy.path("rule_files"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(ruleFiles().map(file -> file.getFileName().toString()).toList());
  }

  /** What the Prometheus operator loads is what these tests have tried. */
  @Test
  void prometheusRules_areTheseRules() throws IOException {
    Map<String, JsonNode> resources = new TreeMap<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(PROMETHEUS_RULES.toFile())) {
      documents.forEachRemaining(document -> {
        assertThat(document.path("kind").asText()).isEqualTo("PrometheusRule");
        resources.put(document.at("/metadata/name").asText(), document.path("spec"));
      });
    }
    Map<String, JsonNode> files = new TreeMap<>();
    for (Path file : ruleFiles().toList()) {
      String name = file.getFileName().toString().replace(".rules.yml", "");
      files.put("quayside-" + name, YAML.readTree(file.toFile()));
    }

    assertThat(resources).as("after a change: make rules").isEqualTo(files);
  }

  /** The numbers that people read are those that are measured. */
  @Test
  void objectives_areThoseOfTheirPage() throws IOException {
    String page = Files.readString(Path.of("deploy/runbooks/SLO.md"));
    List<String> rows = new ArrayList<>();
    for (JsonNode rule :
        YAML.readTree(DIRECTORY.resolve("slo.rules.yml").toFile()).findParents("record")) {
      if (rule.path("record").asText().equals("quayside:slo_budget:ratio")) {
        String budget = rule.path("expr").asText().replaceAll("vector\\((.*)\\)", "$1");
        String row =
            Pattern.compile("(?m)^\\| `" + rule.at("/labels/slo").asText() + "` .*$")
                .matcher(page)
                .results()
                .map(match -> match.group())
                .findFirst()
                .orElseThrow();
        String share = row.replaceAll(".*\\| ([0-9.]+) % \\| [0-9.]+ \\|$", "$1");
        assertThat(row).endsWith("| " + budget + " |");
        assertThat(1 - Double.parseDouble(share) / 100)
            .isCloseTo(Double.parseDouble(budget), org.assertj.core.data.Offset.offset(1e-9));
        rows.add(row);
      }
    }
    assertThat(rows).hasSize(5);
  }

  private static Stream<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    }
  }

  private static void assertPromtoolAgrees(String what, Path file) {
    DebianTool.Result result =
        DebianTool.run(List.of(DebianTool.promtool().toString(), what, "rules", file.toString()));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
