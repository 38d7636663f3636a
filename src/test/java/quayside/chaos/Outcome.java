package quayside.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What a scenario came to.
 *
 * @param sent uploads that OSS stored
 * @param acknowledged callbacks answered with success
 * @param applied acknowledged events that the catalog has seen
 * @param lost acknowledged events it has not, and objects whose views do not agree with the bucket
 * @param duplicated effects that happened twice
 * @param time from the first upload until everything agreed
 */
record Outcome(
    String scenario,
    int sent,
    int acknowledged,
    int applied,
    int lost,
    int duplicated,
    Duration time) {
  private static final Path TABLE = Path.of("target/chaos/outcomes.txt");

  /** Adds it to the table of the run. */
  void publish() {
    String line =
        "%-58s %6d %12d %8d %5d %10d %7.1f s%n"
            .formatted(
                scenario, sent, acknowledged, applied, lost, duplicated, time.toMillis() / 1000.0);
    System.out.print(line);
    try {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
