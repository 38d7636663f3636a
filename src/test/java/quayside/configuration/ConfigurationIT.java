package quayside.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.PackagedProcess;

/** What whoever starts the packaged application with mistakes in its configuration gets to see. */
class ConfigurationIT {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void mistakes_areAllToldInOneMessageAndNothingStarts() {
    Map<String, String> settings =
        Map.of(
            "quarkus.log.json.console.enabled", "false",
            "quayside.callback.budget", "soon",
            "quayside.callback.max-in-flight", "0",
            "quayside.grant.keys.main", "geheim",
            "quayside.calback.paths", "/x");

    try (PackagedProcess process =
        begin(settings, Map.of("QUAYSIDE_JOURNAL_DIRECTRY", "/tmp/journal"))) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.text())
          .isEqualTo(
              """
              The configuration is wrong, nothing was started:
                QUAYSIDE_JOURNAL_DIRECTRY: '/tmp/journal' is not known; did you mean QUAYSIDE_JOURNAL_DIRECTORY?
                quayside.calback.paths: '/x' is not known; did you mean quayside.callback.paths?
                quayside.callback.budget: 'soon' must be a duration: a number with MS, S, M, H or D; for example 3S
                quayside.callback.max-in-flight: '0' must be positive; for example 1024
                quayside.grant.keys.main: '***' secret of grant key main has 6 bytes; it must have at least 32; \
              for example the output of openssl rand -base64 32\
              """);
    }
  }

  /** A log collector reads lines. */
  @Test
  void production_tellsThemInOneJsonLine() throws IOException {
    try (PackagedProcess process =
        begin(
            Map.of("quayside.callback.budget", "soon", "quayside.callback.max-in-flight", "0"),
            Map.of())) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.text().lines()).hasSize(1);
      JsonNode line = JSON.readTree(process.text());
      assertThat(line.path("level").asText()).isEqualTo("ERROR");
      assertThat(line.path("timestamp").asText()).isNotEmpty();
      assertThat(line.path("message").asText())
          .contains("quayside.callback.budget: 'soon'", "quayside.callback.max-in-flight: '0'");
    }
  }

  @Test
  void unknownRole_isToldWithThoseThereAre() {
    try (PackagedProcess process =
        begin(
            Map.of("quarkus.log.json.console.enabled", "false"),
            Map.of("QUAYSIDE_ROLES", "callback,catlog"))) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.text())
          .endsWith(
              "  quayside.roles: 'callback,catlog' must be one of api, callback, catalog, grants,"
                  + " search, state, thumbnail, timeline; for example callback,grants");
    }
  }

  /** Nobody would look for the cause in the database's address. */
  @Test
  void roleWithDatabase_needsItsAddress() {
    try (PackagedProcess process =
        begin(
            Map.of(
                "quarkus.log.json.console.enabled", "false",
                "quarkus.datasource.jdbc.url", "",
                "quayside.roles", "api"),
            Map.of())) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.text())
          .endsWith(
              "  quarkus.datasource.jdbc.url: '' must be set for the roles api; for example"
                  + " jdbc:postgresql://postgres:5432/quayside");
    }
  }

  /** What shows only when it is used is told in the same way. */
  @Test
  void journalThatCannotBeOpened_isToldLikeOtherMistakes(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("journal"), "no directory");

    try (PackagedProcess process =
        begin(
            Map.of(
                "quarkus.log.json.console.enabled", "false",
                "quarkus.log.level", "ERROR",
                "quayside.roles", "callback",
                "quayside.journal.directory", file.toString()),
            Map.of())) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.text())
          .contains(
              "The configuration is wrong, nothing was started:\n"
                  + "  quayside.journal.directory: '"
                  + file
                  + "' cannot be used (")
          .doesNotContain("\tat ");
    }
  }

  private static PackagedProcess begin(
      Map<String, String> settings, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(settings);
    List.of("quarkus.http.port", "quarkus.management.port").forEach(port -> all.put(port, "0"));
    all.put("quarkus.http.host", "127.0.0.1");
    all.put("quarkus.management.host", "127.0.0.1");
    all.put("kafka.bootstrap.servers", "127.0.0.1:1");
    all.putIfAbsent("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/x");
    return PackagedProcess.begin(all, environment);
  }
}
