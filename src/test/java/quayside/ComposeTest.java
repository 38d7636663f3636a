package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import quayside.configuration.ConfigurationKeys;

/**
 * What the Compose file says agrees with the service and with what is documented. Its form is
 * checked against the Compose specification by {@code make check}.
 */
class ComposeTest {
  private static final Path FILE = Path.of("deploy/compose/compose.yaml");

  /**
   * Where a developer finds things on a laptop; the sinks come second and have ports of their own.
   */
  private static final Map<String, String> PORTS =
      Map.of(
          "8080", "8080",
          "9001", "9001",
          "9092", "9092",
          "15432", "5432",
          "9000", "9000",
          "9200", "9200",
          "8081", "8081",
          "9002", "9002");

  private final JsonNode compose = read();

  @Test
  void everyVariableOfTheService_isAConfigurationKey() throws IOException {
    ConfigurationKeys keys = ConfigurationKeys.ofBothFlavours();

    for (String service : List.of("ingress", "quayside")) {
      assertThat(environment(service)).as(service).isNotEmpty().allMatch(keys::know);
    }
    assertThat(keys.know("QUAYSIDE_NO_SUCH_KEY")).isFalse();
  }

  @Test
  void ports_areThoseOfALaptopAndOnLoopbackAlone() {
    Map<String, String> published = new TreeMap<>();
    for (JsonNode service : compose.path("services")) {
      for (JsonNode port : service.path("ports")) {
        String[] parts = port.asText().split(":");
        assertThat(parts).as(port.asText()).hasSize(3).startsWith("127.0.0.1");
        published.put(parts[1], parts[2]);
      }
    }
    assertThat(published).containsExactlyInAnyOrderEntriesOf(PORTS);
    assertThat(readme())
        .contains("`QUAYSIDE_HTTP_PORT` (8080)", "`QUAYSIDE_MANAGEMENT_PORT` (9001)");
  }

  @Test
  void everyImageOfOurs_hasAContainerfile() {
    List<String> ours = new ArrayList<>();
    for (JsonNode service : compose.path("services")) {
      String image = service.path("image").asText();
      if (image.startsWith("quayside")) {
        ours.add(image.replaceFirst(":.*", ""));
      }
    }
    assertThat(ours).hasSize(3);
    assertThat(ours)
        .map(image -> image.replaceFirst("^quayside-", "") + ".Containerfile")
        .allSatisfy(file -> assertThat(Path.of("deploy/images", file)).exists());
  }

  @Test
  void everyVolumeAndDependency_exists() {
    Set<String> used = new TreeSet<>();
    for (JsonNode service : compose.path("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        assertThat(source).as("a path of the machine").doesNotContain("/", "~");
        used.add(source);
      }
      service
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(name -> assertThat(compose.path("services").has(name)).isTrue());
    }
    assertThat(names(compose.path("volumes"))).containsExactlyElementsOf(used);
  }

  /** What a neighbour on the same machine must not suffer from, and what an intruder would want. */
  @Test
  void everyService_isLimited() {
    compose
        .path("services")
        .properties()
        .forEach(service -> {
          JsonNode settings = service.getValue();
          assertThat(settings.path("mem_limit").asText()).as(service.getKey()).isNotEmpty();
          assertThat(settings.path("cpus").asInt()).as(service.getKey()).isPositive();
          assertThat(settings.path("cap_drop").toString()).contains("ALL");
          assertThat(settings.path("security_opt").toString()).contains("no-new-privileges");
          assertThat(settings.path("privileged").asBoolean()).isFalse();
        });
    for (String service : List.of("ingress", "quayside", "oss", "postgres")) {
      assertThat(compose.at("/services/" + service + "/read_only").asBoolean()).isTrue();
    }
  }

  private List<String> environment(String service) {
    return names(compose.at("/services/" + service + "/environment"));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.sort(null);
    return names;
  }

  // Not by Jackson, which leaves the merge keys (<<) unmerged.
  private static JsonNode read() {
    try {
      Object tree = new Yaml().load(Files.readString(FILE));
      return new YAMLMapper().valueToTree(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readme() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
