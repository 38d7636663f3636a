package quayside.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A migration file of Flyway as the rules see it: no parser, statements are what semicolons
 * separate.
 *
 * @param version such as 4.0
 * @param text all of it
 */
record Migration(double version, String text) {
  private static final Path FOLDER = Path.of("src/main/resources-all/db/migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+\\.\\d+)__[a-z0-9_]+\\.sql");
  private static final Pattern CONTRACTS =
      Pattern.compile("^-- Contracts: unused since (\\d+\\.\\d+\\.\\d+)$");

  /** Those of the application, oldest first. */
  static List<Migration> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(Migration::read)
          .sorted((a, b) -> Double.compare(a.version, b.version))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Migration read(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is not named V<number>.<number>__<what>.sql");
    }
    try {
      return new Migration(Double.parseDouble(name.group(1)), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The release that stopped using what this one removes; said in its header. */
  Optional<String> unusedSince() {
    return text.lines()
        .takeWhile(line -> line.startsWith("--"))
        .map(CONTRACTS::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .findFirst();
  }

  /** In lower case and single spaces, without comments and without what stands in quotes. */
  List<String> statements() {
    String bare =
        text.lines()
            .map(line -> line.replaceAll("'[^']*'", "''").replaceFirst("--.*", ""))
            .collect(Collectors.joining(" "))
            .replaceAll("'[^']*'", "''");
    return Arrays.stream(bare.split(";"))
        .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
