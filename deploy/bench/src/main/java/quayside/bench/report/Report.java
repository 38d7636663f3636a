package quayside.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The figures of a run: one JSON file for each suite, and a table of all. Used by one thread. */
public final class Report {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String ROW = "%-62s %12s %-9s %12s %7s  %-14s %s%n";

  private final Path directory;
  private final Map<String, List<Measure>> suites = new LinkedHashMap<>();

  /** Writes into a directory, which is made. */
  public Report(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Adds what a suite measured. */
  public void add(String suite, List<Measure> measures) throws IOException {
    suites.put(suite, List.copyOf(measures));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("suite", suite);
    content.put("processors", Runtime.getRuntime().availableProcessors());
    content.put("java", Runtime.version().toString());
    content.put("measures", measures);
    MAPPER.writeValue(directory.resolve(suite + ".json").toFile(), content);
  }

  /** Prints the table. */
  public void print(PrintStream out) {
    out.printf(ROW, "measure", "value", "unit", "baseline", "ratio", "wanted", "");
    suites.forEach((suite, measures) -> {
      out.println(suite);
      measures.forEach(measure -> print(measure, out));
    });
  }

  /** Whether every bound was kept. */
  public boolean allMet() {
    List<Measure> all = new ArrayList<>();
    suites.values().forEach(all::addAll);
    return all.stream().noneMatch(measure -> Boolean.FALSE.equals(measure.met()));
  }

  private static void print(Measure measure, PrintStream out) {
    String name =
        measure.baselineName() == null
            ? measure.name()
            : measure.name() + " / " + measure.baselineName();
    out.printf(
        ROW,
        "  " + name,
        number(measure.value()),
        measure.unit(),
        number(measure.baseline()),
        measure.ratio() == null ? "" : "%.2f".formatted(measure.ratio()),
        Objects.requireNonNullElse(measure.bound(), ""),
        measure.met() == null ? "" : measure.met() ? "met" : "MISSED");
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
