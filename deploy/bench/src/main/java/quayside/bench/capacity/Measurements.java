package quayside.bench.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of {@code make bench}: a directory with a file for each suite. Remembers which were
 * asked for. Used by one thread.
 */
final class Measurements {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;
  private final List<Figure> used = new ArrayList<>();

  /** One that a benchmark measured, as its file has it. */
  record Figure(String suite, String name, double value, String unit) {}

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
      String found = measure.path("name").asText();
      if (found.startsWith(name)) {
        double value = measure.path("value").doubleValue();
        used.add(new Figure(suite, found, value, measure.path("unit").asText()));
        return value;
      }
    }
    throw new IOException(
        "%s has no figure \"%s\": run make bench SUITES=%s".formatted(file, name, suite));
  }

  /** The figures that were asked for, in that order. */
  List<Figure> used() {
    return List.copyOf(used);
  }
}
