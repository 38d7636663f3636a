package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards can be imported, explain themselves, and ask what Prometheus understands. */
class DashboardsTest {
  private static final Path DIRECTORY = Path.of("deploy/dashboards");
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SCHEMA_VERSION = 41;

  static Stream<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void dashboard_canBeImportedAnywhere(Path file) throws IOException {
    JsonNode dashboard = JSON.readTree(file.toFile());
    String name = file.getFileName().toString().replace(".json", "");

    assertThat(dashboard.has("id")).as("an id belongs to one installation of Grafana").isFalse();
    assertThat(dashboard.path("uid").asText()).isEqualTo("quayside-" + name);
    assertThat(dashboard.path("title").asText()).startsWith("Quayside: ");
    assertThat(dashboard.path("description").asText()).isNotBlank();
    assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(SCHEMA_VERSION);
    assertThat(dashboard.path("tags")).extracting(JsonNode::asText).containsExactly("quayside");
    assertThat(dashboard.at("/templating/list"))
        .extracting(variable -> variable.path("name").asText(), variable -> type(variable))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("datasource", "datasource"),
            org.assertj.core.groups.Tuple.tuple("namespace", "query"));
    assertThat(dashboard.findValues("datasource"))
        .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanel_explainsItself(Path file) throws IOException {
    Set<Integer> ids = new HashSet<>();
    Set<String> titles = new HashSet<>();
    for (JsonNode panel : panels(file)) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(titles.add(title)).as("a second panel %s", title).isTrue();
      assertThat(ids.add(panel.path("id").asInt())).as("the id of %s is unique", title).isTrue();
      if (type(panel).equals("row")) {
        continue;
      }
      assertThat(panel.path("description").asText()).as(title).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
      assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
      assertThat(panel.path("targets")).as(title).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_doNotOverlap(Path file) throws IOException {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : panels(file)) {
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, 24);
      for (int x = place.path("x").asInt();
          x < place.path("x").asInt() + place.path("w").asInt();
          x++) {
        for (int y = place.path("y").asInt();
            y < place.path("y").asInt() + place.path("h").asInt();
            y++) {
          assertThat(taken.add(x + "," + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyExpression_isUnderstoodByPrometheus(Path file) throws IOException {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : panels(file)) {
      Set<String> references = new HashSet<>();
      for (JsonNode target : panel.path("targets")) {
        assertThat(references.add(target.path("refId").asText())).isTrue();
        assertThat(target.path("legendFormat").asText()).isNotBlank();
        expressions.add(withoutVariables(target.path("expr").asText()));
      }
    }
    for (JsonNode annotation : JSON.readTree(file.toFile()).at("/annotations/list")) {
      expressions.add(withoutVariables(annotation.path("expr").asText()));
    }

    PromQl.assertAreValid(expressions);
  }

  /** Two installations in one Prometheus are told apart. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void everySelector_namesTheNamespace(Path file) throws IOException {
    for (JsonNode panel : panels(file)) {
      for (JsonNode target : panel.path("targets")) {
        String expression = target.path("expr").asText();
        long selectors = expression.chars().filter(c -> c == '{').count();
        assertThat(selectors).as(expression).isPositive();
        assertThat(expression.split("namespace=~\"\\$namespace\"", -1))
            .as(expression)
            .hasSize((int) selectors + 1);
      }
    }
  }

  private static String withoutVariables(String expression) {
    String plain = expression.replace("$namespace", ".*").replace("$__rate_interval", "5m");
    assertThat(plain).doesNotContain("$");
    return plain;
  }

  private static JsonNode panels(Path file) throws IOException {
    JsonNode panels = JSON.readTree(file.toFile()).path("panels");
    assertThat(panels).isNotEmpty();
    return panels;
  }

  private static String type(JsonNode node) {
    return node.path("type").asText();
  }
}
