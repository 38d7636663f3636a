package quayside.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A table of a Markdown file: its rows, each a list of cells without the marks of code. */
final class MarkdownTable {
  private MarkdownTable() {}

  /** The rows of the one table whose header has these columns. */
  static List<List<String>> rows(Path file, String... columns) {
    List<String> lines = lines(file);
    List<String> header = List.of(columns);
    int start = 0;
    while (start < lines.size() && !cells(lines.get(start)).equals(header)) {
      start++;
    }
    if (start == lines.size()) {
      throw new IllegalArgumentException(file + " has no table with the columns " + header);
    }
    return lines.stream()
        .skip(start + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(MarkdownTable::cells)
        .toList();
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|")) {
      return List.of();
    }
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
