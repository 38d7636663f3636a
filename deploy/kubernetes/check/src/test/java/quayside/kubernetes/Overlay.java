package quayside.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An overlay as {@code kubectl apply -k} would send it. Rendered once; needs no cluster. */
record Overlay(String name, List<JsonNode> documents) {
  private static final Path OVERLAYS = Path.of("../overlays");
  private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** All overlays of the repository. */
  static Stream<Overlay> all() {
    try (Stream<Path> folders = Files.list(OVERLAYS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream()
          .map(Overlay::named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Overlay named(String name) {
    return RENDERED.computeIfAbsent(name, Overlay::render);
  }

  /** Documents of these kinds. */
  List<JsonNode> of(String... kinds) {
    return documents.stream()
        .filter(document -> List.of(kinds).contains(document.path("kind").asText()))
        .toList();
  }

  /** What runs: a Deployment or StatefulSet. */
  List<JsonNode> workloads() {
    return of("Deployment", "StatefulSet");
  }

  /** Kind and name, to be read in a message. */
  static String title(JsonNode document) {
    return document.path("kind").asText() + "/" + document.at("/metadata/name").asText();
  }

  /** All nodes below a JSON pointer's array. */
  static List<JsonNode> list(JsonNode document, String pointer) {
    return document.at(pointer).valueStream().toList();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Overlay render(String name) {
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", OVERLAYS.resolve(name).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("kubectl kustomize " + name + " failed; it said why above");
      }
      try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
        return new Overlay(name, documents.readAll());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "kubectl is needed: install it (its version of 1.28 or later)", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
