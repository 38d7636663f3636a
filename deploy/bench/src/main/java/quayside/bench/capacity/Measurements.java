package quayside.bench.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The figures of {@code make bench}: a directory with a file for each suite. Immutable. */
final class Measurements {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  Measurements(Path directory) {
    this.directory = directory;
  }

  /**
   * A figure.
   *
   * @param name how its name begins; counts may follow
   * @throws IOException when the suite was not run or does not have it, saying what to run
   */
  double value(String suite, String name) throws IOException {
    Path file = directory.resolve(suite + ".json");
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing: run make bench SUITES=" + suite);
    }
    for (JsonNode measure : MAPPER.readTree(file.toFile()).path("measures")) {
      if (measure.path("name").asText().startsWith(name)) {
        return measure.path("value").doubleValue();
      }
    }
    throw new IOException(
        "%s has no figure \"%s\": run make bench SUITES=%s".formatted(file, name, suite));
  }
}
