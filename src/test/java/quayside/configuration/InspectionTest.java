package quayside.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of wrong names and values, with a configuration that has a key of every kind. */
class InspectionTest {
  private static final String ROOT = "quayside.harbour.";

  /** A key of every kind. */
  @ConfigMapping(prefix = "quayside.harbour")
  interface HarbourConfig extends Checked {
    @WithDefault("3S")
    Duration patience();

    @WithDefault("64M")
    MemorySize depth();

    @WithDefault("8")
    int cranes();

    Optional<Long> tons();

    @WithDefault("true")
    boolean open();

    @WithDefault("calm")
    Weather weather();

    @WithDefault("1,2")
    List<Integer> piers();

    Optional<URI> website();

    Optional<String> accessKeySecret();

    @WithDefault("${quayside.region:}")
    Optional<String> region();

    Map<String, Ship> ships();

    Map<String, String> keys();

    /** An entry of a table. */
    interface Ship {
      int length();

      @WithDefault("false")
      boolean sails();
    }

    /** A choice. */
    enum Weather {
      CALM,
      STORM
    }

    @Override
    default void check(Problems problems) {
      problems.requireAtLeast(1, ROOT + "cranes", cranes(), "8");
      problems.requirePositive(ROOT + "patience", patience(), "3S");
    }
  }

  @Test
  void defaults_areRight() {
    assertThat(inspect(Map.of())).isEmpty();
  }

  /** Each kind of value has a rule that a person can follow, and an example. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patience|soon|must be a duration: a number with MS, S, M, H or D; for example 3S",
        "patience|0S|must be positive; for example 3S",
        "depth|deep|must be a size: a number of bytes, or one with K, M or G; for example 64M",
        "cranes|two|must be a whole number up to 2147483647; for example 8",
        "cranes|3000000000|must be a whole number up to 2147483647; for example 8",
        "cranes|0|must be at least 1; for example 8",
        "tons|1.5|must be a whole number; for example 1000",
        "open|ture|must be true or false; for example true",
        "weather|fog|must be one of calm, storm; for example calm",
        "piers|1,x|must be a whole number up to 2147483647; for example 1,2",
        "website|http://a b|must be a URL; for example https://quayside.example",
        "ships.titanic.length|long|must be a whole number up to 2147483647; for example 8",
      })
  void wrongValue_isToldWithRuleAndExample(String key, String value, String rule) {
    assertThat(inspect(Map.of(ROOT + key, value)))
        .extracting(Problem::toString)
        .contains(ROOT + key + ": '" + value + "' " + rule);
  }

  /** The framework itself takes any other text for false. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "yes", "on", "1", "false", "no", "off", "0"})
  void truth_hasSeveralNames(String value) {
    assertThat(inspect(Map.of(ROOT + "open", value))).isEmpty();
  }

  @Test
  void emptyValue_isTold() {
    assertThat(inspect(Map.of(ROOT + "patience", "")))
        .extracting(Problem::toString)
        .containsExactly(ROOT + "patience: '' must not be empty; for example 3S");
  }

  @Test
  void entryWithoutWhatItNeeds_isTold() {
    assertThat(inspect(Map.of(ROOT + "ships.titanic.sails", "true")))
        .extracting(Problem::toString)
        .containsExactly(ROOT + "ships.titanic.length: must be set, since its neighbours are");
  }

  /** One mistake must not hide the others, whatever finds them. */
  @Test
  void allMistakes_areToldAtOnceInTheOrderOfTheKeys() {
    Map<String, String> values =
        Map.of(
            ROOT + "patience", "soon",
            ROOT + "cranes", "0",
            ROOT + "weathr", "storm",
            ROOT + "ships.titanic.sails", "maybe",
            ROOT + "depth", "deep");

    assertThat(inspect(values))
        .extracting(Problem::key)
        .containsExactly(
            ROOT + "cranes",
            ROOT + "depth",
            ROOT + "patience",
            ROOT + "ships.titanic.length",
            ROOT + "ships.titanic.sails",
            ROOT + "weathr");
  }

  @Test
  void expressionThatLeadsNowhere_isTold() {
    assertThat(inspect(Map.of(ROOT + "website", "https://${port}/")))
        .extracting(Problem::toString)
        .containsExactly(ROOT + "website: 'https://${port}/' refers to what is not set");
    assertThat(inspect(Map.of("quayside.region", "cn-hangzhou"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quayside.harbour.patiense, quayside.harbour.patience",
    "quayside.harbor.patience, quayside.harbour.patience",
    "quaside.harbour.patience, quayside.harbour.patience",
    "quayside.harbour.ships.titanic.lenght, quayside.harbour.ships.titanic.length",
    "quayside.regoin, quayside.region",
    "quayside.harbour.keys.a.b, quayside.harbour.keys.\"a.b\""
  })
  void unknownKey_isToldWithTheNearest(String wrong, String meant) {
    assertThat(inspect(Map.of(wrong, "1"))).extracting(Problem::key).containsExactly(wrong);
    assertThat(inspect(Map.of(wrong, "1")).getFirst().rule())
        .isEqualTo("is not known; did you mean " + meant + "?");
  }

  @Test
  void keyThatIsLikeNone_isToldWithoutItsValue() {
    assertThat(inspect(Map.of("quayside.entirely.different.thing", "value")))
        .extracting(Problem::toString)
        .containsExactly(
            "quayside.entirely.different.thing: is not known, nor is anything like it");
  }

  @Test
  void othersKeys_areNoneOfOurs() {
    assertThat(inspect(Map.of("quarkus.nonsense", "1", "kafka.nonsense", "1", "quay.io", "1")))
        .isEmpty();
  }

  /** In a log, what was meant as a secret is one, however it is spelt. */
  @ParameterizedTest
  @CsvSource({
    "quayside.harbour.access-key-secret.x",
    "quayside.harbour.acess-key-secret",
    "quayside.harbour.access-key-secert",
    "quayside.harbour.key.a"
  })
  void misspeltSecret_isNotShown(String key) {
    List<Problem> problems = inspect(Map.of(key, "geheim"));

    assertThat(problems).hasSize(1);
    assertThat(problems.toString()).doesNotContain("geheim").contains("did you mean");
  }

  @Test
  void variables_areKnownWithUnderscores() {
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_HARBOUR_PATIENCE", "soon",
            "QUAYSIDE_HARBOUR_ACCESS_KEY_SECRET", "geheim",
            "QUAYSIDE_HARBOUR_SHIPS_TITANIC_LENGTH", "269",
            "QUAYSIDE_HARBOUR_KEYS__A_B_", "x",
            "QUAYSIDE_HARBOUR_PIERS_0_", "1",
            "QUAYSIDE_REGION", "cn-hangzhou");

    assertThat(inspectVariables(environment))
        .extracting(Problem::toString)
        .containsExactly(
            ROOT
                + "patience: 'soon' must be a duration: a number with MS, S, M, H or D;"
                + " for example 3S");
  }

  @Test
  void unknownVariable_isToldAsOne() {
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_HARBOUR_PATIENSE", "1S",
            "QUAYSIDE_HARBOUR_ACESS_KEY_SECRET", "geheim",
            "QUAYSIDE_HARBOUR_SHIPS_TITANIC_LENGHT", "269");

    assertThat(inspectVariables(environment))
        .extracting(Problem::toString)
        .containsExactly(
            "QUAYSIDE_HARBOUR_ACESS_KEY_SECRET: is not known; did you mean"
                + " QUAYSIDE_HARBOUR_ACCESS_KEY_SECRET?",
            "QUAYSIDE_HARBOUR_PATIENSE: '1S' is not known; did you mean QUAYSIDE_HARBOUR_PATIENCE?",
            "QUAYSIDE_HARBOUR_SHIPS_TITANIC_LENGHT: '269' is not known; did you mean"
                + " QUAYSIDE_HARBOUR_SHIPS_TITANIC_LENGTH?");
  }

  /** Kubernetes tells pods of the Services beside them; the Makefile has variables of its own. */
  @Test
  void variablesOfOthers_areLeftAlone() {
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_INGRESS_SERVICE_HOST", "10.0.0.1",
            "QUAYSIDE_INGRESS_SERVICE_PORT", "8080",
            "QUAYSIDE_INGRESS_SERVICE_PORT_MANAGEMENT", "9001",
            "QUAYSIDE_INGRESS_PORT", "tcp://10.0.0.1:8080",
            "QUAYSIDE_INGRESS_PORT_8080_TCP", "tcp://10.0.0.1:8080",
            "QUAYSIDE_INGRESS_PORT_8080_TCP_PROTO", "tcp",
            "QUAYSIDE_HTTP_PORT", "8080",
            "QUAYSIDE_SEARCH", "opensearch");

    assertThat(inspectVariables(environment)).isEmpty();
    assertThat(inspectVariables(Map.of("QUAYSIDE_INGRESS_PORT", "8080"))).hasSize(1);
  }

  private static List<Problem> inspect(Map<String, String> values) {
    return Inspection.of(values, HarbourConfig.class);
  }

  private static List<Problem> inspectVariables(Map<String, String> environment) {
    return Inspection.of(
            List.of(ConfigClass.configClass(HarbourConfig.class)),
            new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .withDefaultValue(ROOT + "patience", "3S")
                .build())
        .problems();
  }
}
