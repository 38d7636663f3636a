package quayside.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import quayside.signature.Bytes;
import quayside.signature.RequestTarget;
import quayside.signature.SignatureRefusedException;

/** A real callback of {@code vectors/}, or one made from it. */
record Vector(
    String name,
    String path,
    String target,
    List<CallbackScenario.Header> headers,
    byte[] body,
    String version) {
  private static final Path FOLDER = Path.of("src/test/resources/vectors");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The callbacks that OSS sent. */
  static List<Vector> accepted() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Vector::accepted)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Typical mistakes of receivers; none verifies. */
  static List<Vector> mistakes() {
    return derived("negative/receiver-mistakes.json");
  }

  /** Targets that verify and must be refused all the same. */
  static List<Vector> ambiguous() {
    return derived("negative/ambiguous-targets.json");
  }

  UnverifiedCallback unverified() throws CallbackRefusedException {
    CallbackHeaders ofInterest =
        CallbackHeaders.of(name ->
            headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(CallbackScenario.Header::value)
                .toList());
    try {
      return new UnverifiedCallback(RequestTarget.parse(target), ofInterest, Bytes.copyOf(body));
    } catch (SignatureRefusedException e) {
      throw new CallbackRefusedException(e);
    }
  }

  /**
   * The request on the wire: the headers of the capture, its HTTP version, no Content-Length but
   * the right one.
   */
  byte[] wire() {
    List<CallbackScenario.Header> sent =
        headers.stream()
            .filter(h ->
                !h.name().equalsIgnoreCase("content-length") && !h.name().equalsIgnoreCase("host"))
            .toList();
    return RawHttp.request("POST", target, "HTTP/" + version, sent, body);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Vector accepted(Path file) {
    JsonNode json = json(file);
    return of(json, file.getFileName().toString(), json);
  }

  private static List<Vector> derived(String file) {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode json : json(FOLDER.resolve(file)).get("vectors")) {
      JsonNode base = json(FOLDER.resolve(json.get("base").asText() + ".json"));
      vectors.add(of(json, json.get("name").asText(), base));
    }
    return vectors;
  }

  private static Vector of(JsonNode json, String name, JsonNode base) {
    String path = json.get("path").asText();
    String query = json.get("query").asText();
    List<CallbackScenario.Header> headers = new ArrayList<>();
    base.get("headers")
        .properties()
        .forEach(e -> headers.add(new CallbackScenario.Header(e.getKey(), e.getValue().asText())));
    return new Vector(
        name,
        base.get("path").asText(),
        query.isEmpty() ? path : path + "?" + query,
        headers,
        json.get("body").asText().getBytes(StandardCharsets.UTF_8),
        base.path("http_version").asText("1.1"));
  }

  private static JsonNode json(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
