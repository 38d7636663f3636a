package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The manifests that create topics and users, read with Strimzi's own classes. */
final class KafkaManifests {
  static final Path FOLDER = Path.of("deploy/kubernetes/base/kafka");
  static final String KUSTOMIZATION = "kustomization.yaml";

  private static final YAMLMapper YAML = new YAMLMapper();

  private KafkaManifests() {}

  static List<KafkaTopic> topics() {
    return of("KafkaTopic", KafkaTopic.class);
  }

  static List<KafkaUser> users() {
    return of("KafkaUser", KafkaUser.class);
  }

  /** Everything that is to be created, as it is written. */
  static List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    files().stream()
        .filter(name -> !name.equals(KUSTOMIZATION))
        .forEach(name -> all.addAll(documents(FOLDER.resolve(name))));
    return all;
  }

  /** The names of the files. */
  static List<String> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode kustomization() {
    return documents(FOLDER.resolve(KUSTOMIZATION)).getFirst();
  }

  private static <T> List<T> of(String kind, Class<T> type) {
    return all().stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .map(document -> YAML.convertValue(document, type))
        .toList();
  }

  private static List<JsonNode> documents(Path file) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
