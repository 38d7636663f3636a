package quayside.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quayside.role.Role;

/**
 * What the manifests for Kubernetes configure exists: an unknown key would keep every pod from
 * starting, and a role that no workload has would be missed by nobody but its users.
 */
class ManifestsTest {
  private static final Path MANIFESTS = Path.of("deploy/kubernetes");
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(?:QUAYSIDE|QUARKUS|KAFKA)_[A-Z0-9_]*[A-Z0-9]");
  private static final Pattern ROLES =
      Pattern.compile("name: QUAYSIDE_ROLES\\s+value: \"?([a-z,]+)\"?");

  /** The broker of the trial, whose image has variables of its own. */
  private static final String BROKER = "kafka.yaml";

  private final ConfigurationKeys keys = ConfigurationKeys.ofBothFlavours();

  ManifestsTest() throws IOException {}

  @Test
  void keysOfPropertiesFiles_areKnown() {
    Set<String> named = new TreeSet<>();
    for (Path file : files("properties")) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      named.addAll(properties.stringPropertyNames());
    }

    assertThat(named).contains("quayside.grant.key-directory").allMatch(keys::knowKey);
    assertThat(keys.knowKey("quayside.no.such.key")).isFalse();
    assertThat(keys.knowKey("quarkus.no.such.key")).isFalse();
    assertThat(keys.knowKey("kafka.no.such.key")).isFalse();
  }

  @Test
  void variables_areKnown() {
    Set<String> named = new TreeSet<>();
    Stream.concat(files("yaml").stream(), Stream.of(MANIFESTS.resolve("README.md")))
        .filter(file -> !file.endsWith(BROKER))
        .forEach(file -> {
          // The user chooses <HOLDER>.
          Matcher variables = VARIABLE.matcher(read(file).replaceAll("<([A-Z]+)>", "$1"));
          variables.results().map(MatchResult::group).forEach(named::add);
        });

    assertThat(named)
        .contains("QUAYSIDE_ROLES", "KAFKA_SASL_JAAS_CONFIG", "QUAYSIDE_GRANT_API_KEYS_HOLDER")
        .allMatch(keys::know);
  }

  /** One workload for each role; the trial's one has all. */
  @Test
  void everyRole_hasItsWorkload() {
    Map<String, Set<String>> roles = new TreeMap<>();
    for (Path file : files("yaml")) {
      Matcher named = ROLES.matcher(read(file));
      if (named.find()) {
        roles.put(file.getParent().getFileName().toString(), Set.of(named.group(1).split(",")));
      }
    }
    Map<String, Set<String>> expected =
        Arrays.stream(Role.values())
            .collect(
                Collectors.groupingBy(
                    role -> Role.OF_THE_INGRESS.contains(role) ? "ingress" : role.tag(),
                    Collectors.mapping(Role::tag, Collectors.toSet())));

    assertThat(roles).isEqualTo(expected);
  }

  private static List<Path> files(String extension) {
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith("." + extension))
              .filter(file -> !file.startsWith(MANIFESTS.resolve("check")))
              .sorted()
              .toList();
      assertThat(found).isNotEmpty();
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
