package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Expressions of Prometheus, as files of operators have them. */
final class PromQl {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern METRIC =
      Pattern.compile(
          "\\b(?:quayside|jvm|process|kafka|vertx|http_server|worker_pool)_[a-z0-9_]+\\b(?!:)");

  private PromQl() {}

  /** Metrics by the names under which they are exported; results of recording rules are none. */
  static Set<String> metrics(String text) {
    Set<String> names = new TreeSet<>();
    METRIC.matcher(text).results().forEach(match -> names.add(match.group()));
    return names;
  }

  /** Promtool understands all of them, each the expression of a recording rule. */
  static void assertAreValid(List<String> expressions) throws IOException {
    assertThat(expressions).isNotEmpty();
    List<Map<String, String>> rules = new ArrayList<>();
    for (String expression : expressions) {
      rules.add(Map.of("record", "checked:" + rules.size(), "expr", expression));
    }
    Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "promql-", ".yml");
    // JSON is YAML.
    Files.writeString(
        file,
        JSON.writeValueAsString(
            Map.of("groups", List.of(Map.of("name", "checked", "rules", rules)))));
    DebianTool.Result check =
        DebianTool.run(
            List.of(DebianTool.promtool().toString(), "check", "rules", file.toString()));
    assertThat(check.exitCode()).as("%s%n%s", check.output(), expressions).isZero();
    Files.delete(file);
  }
}
