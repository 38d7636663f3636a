package quayside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert has a runbook, and what runbooks tell people to type exists. */
class RunbooksTest {
  private static final Path DIRECTORY = Path.of("deploy/runbooks");
  private static final List<String> OTHER_PAGES = List.of("README.md", "SLO.md");
  private static final Pattern COMMAND = Pattern.compile("java -jar quarkus-run\\.jar ([^`\\n]+)");
  private static final Pattern PATH = Pattern.compile("localhost:9001(/q/[a-z/]+)");
  private static final Pattern KEY = Pattern.compile("`(quayside(?:\\.[a-z-]+)+)");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<Path> runbooks() throws IOException {
    return pages().filter(page -> !OTHER_PAGES.contains(page.getFileName().toString()));
  }

  @Test
  void everyAlert_hasARunbook_andEveryRunbookAnAlert() throws IOException {
    assertThat(runbooks().map(page -> page.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(
            AlertRulesTest.alerts().map(alert -> alert.name() + ".md").toList());
  }

  @Test
  void index_namesEveryRunbookWithTheSeverityOfItsAlert() throws IOException {
    String index = Files.readString(DIRECTORY.resolve("README.md"));
    for (AlertRulesTest.Alert alert : AlertRulesTest.alerts().toList()) {
      assertThat(index)
          .contains(
              "| [%1$s](%1$s.md) | %2$s | "
                  .formatted(alert.name(), alert.rule().at("/labels/severity").asText()));
    }
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void runbook_hasAllParts(Path page) throws IOException {
    List<String> headings = Files.readString(page).lines().filter(l -> l.startsWith("#")).toList();

    assertThat(headings)
        .containsExactly(
            "# " + page.getFileName().toString().replace(".md", ""),
            "## What it means",
            "## How to see it",
            "## First",
            "## Then",
            "## Over when",
            "## Do not");
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void everyQuery_isUnderstoodByPrometheus(Path page) throws IOException {
    PromQl.assertAreValid(block(page, "promql"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommand_isOneOfTheApplication(Path page) throws IOException {
    Matcher commands = COMMAND.matcher(Files.readString(page));
    while (commands.find()) {
      String command = commands.group(1).strip();
      if (!command.startsWith("is ")) {
        assertThatCode(() -> OperatorCommands.commandLine().parseArgs(command.split(" +")))
            .as(command)
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPathAndKey_isOneOfTheReadme(Path page) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String text = Files.readString(page);
    PATH.matcher(text)
        .results()
        .map(match -> match.group(1))
        .forEach(
            path -> assertThat(readme).contains(path.replaceAll("/(live|ready|started)$", "")));
    KEY.matcher(text)
        .results()
        .map(match -> match.group(1))
        .forEach(key -> assertThat(isDocumented(key, readme)).as(key).isTrue());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLink_leadsSomewhere(Path page) throws IOException {
    Matcher links = Pattern.compile("]\\(([^)#:]+)\\)").matcher(Files.readString(page));
    while (links.find()) {
      assertThat(DIRECTORY.resolve(links.group(1))).exists();
    }
  }

  // Written in full, or as `.rest` after a key that begins the same.
  private static boolean isDocumented(String key, String readme) {
    if (readme.contains("`" + key)) {
      return true;
    }
    return readme
        .lines()
        .filter(line -> line.startsWith("| `quayside."))
        .anyMatch(line ->
            Arrays.stream(line.split("\\|")[1].split(","))
                .map(String::strip)
                .filter(name -> name.startsWith("`."))
                .anyMatch(name ->
                    key.endsWith(name.replace("`", ""))
                        && line.contains(
                            "`" + key.substring(0, key.length() - name.length() + 2))));
  }

  private static List<String> block(Path page, String language) throws IOException {
    List<String> lines = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(page));
    while (blocks.find()) {
      blocks.group(1).lines().forEach(lines::add);
    }
    return lines;
  }
}
