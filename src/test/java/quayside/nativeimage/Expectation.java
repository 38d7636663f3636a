package quayside.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of {@code native-requirements.txt}: what is expected, and why it is needed.
 *
 * @param pattern a name; {@code *} stands for anything but a dot, {@code **} for anything
 */
record Expectation(String kind, String pattern, String reason) {

  static List<Expectation> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Expectation::parse)
        .toList();
  }

  boolean covers(Requirement requirement) {
    return kind.equals(requirement.kind()) && regex().matcher(requirement.name()).matches();
  }

  private Pattern regex() {
    return Pattern.compile(
        Pattern.quote(pattern).replace("**", "\\E.{0,}\\Q").replace("*", "\\E[^.]+\\Q"));
  }

  private static Expectation parse(String line) {
    String[] columns = line.split(" +", 3);
    if (columns.length < 3) {
      throw new IllegalArgumentException("kind, pattern and reason are wanted: " + line);
    }
    return new Expectation(columns[0], columns[1], columns[2]);
  }
}
