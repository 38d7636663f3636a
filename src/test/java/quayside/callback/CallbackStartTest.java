package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.callback.journal.JournalConfig;
import quayside.configuration.Inspection;
import quayside.configuration.Problem;
import quayside.event.VerificationLevel;
import quayside.signature.ExternalPathsConfig;

/** What stops the start: each message names key, value and rule. */
class CallbackStartTest {
  @Test
  void defaults_areTheDocumentedOnes() {
    CallbackConfig config = TestConfig.of();

    assertThat(config.paths()).containsExactly("/oss/callback");
    assertThat(config.maxBodySize().asLongValue()).isEqualTo(256 * 1024);
    assertThat(config.bodyTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.publishTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.budget()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.maxInFlight()).isEqualTo(1024);
    assertThat(config.maxInFlightSize().asLongValue()).isEqualTo(32 << 20);
    assertThat(CallbackLimits.budget(config, TestConfig.journal()).journal())
        .isEqualTo(Duration.ofMillis(500));
    assertThat(config.buckets()).isEmpty();
    assertThat(config.requiredLevel()).isEqualTo(VerificationLevel.SIGNATURE);
    assertThat(config.fields().grant()).containsExactly("grant");
    assertThat(config.variables()).isEmpty();
    assertThat(config.region()).isEmpty();
    assertThat(problems(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "max-body-size, 0, must be 1 to 1048576",
    "max-body-size, 2M, must be 1 to 1048576",
    "max-in-flight, 0, must be positive",
    "max-in-flight-size, 255K, must hold a body of callback.max-body-size",
    "required-level, confirmed, must be signature or grant"
  })
  void badLimit_stopsTheStart(String key, String value, String rule) {
    String name = "quayside.callback." + key;

    assertOnlyProblem(problems(Map.of(name, value)), name, value, rule);
  }

  /** Three separate time-outs that nobody adds up are how an answer comes after OSS hung up. */
  @ParameterizedTest
  @CsvSource({
    "callback.budget, 0S, must be positive",
    "callback.budget, 3100MS, must not exceed 3 s",
    "callback.body-timeout, 0S, must be positive",
    "callback.publish-timeout, 0S, must be positive",
    "journal.append-timeout, 0S, must be positive",
    "callback.body-timeout, 2600MS, must with journal.append-timeout (PT0.5S) not exceed",
    "callback.publish-timeout, 2600MS, must with journal.append-timeout (PT0.5S) not exceed"
  })
  void sharesThatDoNotAddUp_stopTheStart(String key, String value, String rule) {
    String name = "quayside." + key;

    List<Problem> all = problems(Map.of(name, value));
    assertOnlyProblem(
        all.stream().filter(problem -> problem.key().equals(name)).toList(), name, value, rule);
  }

  @Test
  void withoutJournal_kafkaMayHaveAllTheTime() {
    JournalConfig none = TestConfig.journal("quayside.journal.enabled", "false");
    CallbackConfig config = TestConfig.of("quayside.callback.publish-timeout", "3S");

    assertThat(CallbackLimits.budget(config, none).journal()).isZero();
  }

  @Test
  void levelThatIsNone_stopsTheStart() {
    String key = "quayside.callback.required-level";

    assertOnlyProblem(
        problems(Map.of(key, "proof")), key, "proof", "must be one of confirmed, grant, signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oss/callback",
        "/a?b",
        "/a#b",
        "/a%20b",
        "/a b",
        "/ä",
        "/a*",
        "/a/*/b",
        "/*",
        "/api/*",
        "/q/*",
        "/a;b",
        "*"
      })
  void badPath_stopsTheStart(String path) {
    assertThatThrownBy(() -> new CallbackPaths(List.of("/good", path)))
        .hasMessageStartingWith("quayside.callback.paths: '" + path + "' ")
        .hasMessageContaining("for example /oss/callback");
    assertThat(problems(Map.of("quayside.callback.paths", "/good," + path)))
        .extracting(Problem::value)
        .containsExactly(path);
  }

  /** Found when the first event is to be sent, callbacks would go to the journal for ever. */
  @Test
  void badSettingOfTheKafkaClient_stopsTheStart() {
    String key = "quayside.callback.kafka.\"linger.ms\"";

    assertOnlyProblem(
        problems(Map.of(key, "soon")), key, "soon", "is nothing the Kafka client takes: ");
  }

  @Test
  void proxyRuleThatWouldSwallowTheApi_stopsTheStart() {
    Map<String, String> values =
        Map.of(
            "quayside.callback.paths",
            "/gateway/*",
            "quayside.callback.external-paths.main.received",
            "/",
            "quayside.callback.external-paths.main.dialled",
            "/gateway");

    assertThat(problems(values))
        .singleElement()
        .hasToString(
            "quayside.callback.external-paths.*: turns /api/any into the callback path"
                + " /gateway/api/any, which would swallow the paths of the API; name the callback"
                + " path itself in quayside.callback.paths; for example /gateway/oss/callback");
  }

  /** Whoever mends one wants to know of the others. */
  @Test
  void severalWrongRules_areAllTold() {
    Map<String, String> values =
        Map.of(
            "quayside.callback.buckets", "a/b",
            "quayside.callback.rules.buckets.uploads.owners", "me",
            "quayside.callback.rules.buckets.uploads.types", "*/png",
            "quayside.callback.rules.buckets.uploads.size-action", "mark");

    assertThat(problems(values))
        .extracting(Problem::key)
        .containsExactly(
            "quayside.callback.buckets",
            "quayside.callback.rules.buckets.uploads.owners",
            "quayside.callback.rules.buckets.uploads.size-action",
            "quayside.callback.rules.buckets.uploads.types");
  }

  @Test
  void path_matchesRawAndExactly() {
    CallbackPaths paths = new CallbackPaths(List.of("/", "/index.php", "/any/*"));

    assertThat(List.of("/", "/index.php", "/any", "/any/", "/any/a/b", "/any//"))
        .allMatch(paths::contain);
    assertThat(
            List.of("", "//", "/index.php/", "/index.phpx", "/anybody", "/ANY/x", "/%61ny/x", "/x"))
        .noneMatch(paths::contain);
  }

  private static List<Problem> problems(Map<String, String> values) {
    return Inspection.of(
        values, CallbackConfig.class, JournalConfig.class, ExternalPathsConfig.class);
  }

  private static void assertOnlyProblem(
      List<Problem> problems, String key, String value, String rule) {
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString())
        .startsWith(key + ": '" + value + "' ")
        .contains(rule);
  }
}
