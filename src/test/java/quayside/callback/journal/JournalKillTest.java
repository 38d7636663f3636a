package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.loggingjson.providers.StructuredArgument;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, a real disk, a real {@code kill -9}. */
class JournalKillTest {
  private static final int KILLS = 4;

  @TempDir Path directory;

  @Test
  void everythingAcknowledgedBeforeKill9_isThereAfterwards_inOrder() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      long firstId = kill * 1_000_000L;
      List<Long> ids = appendUntilKilled(firstId, 1500 + kill * 700);
      assertThat(ids).hasSizeGreaterThanOrEqualTo(1500);
      acknowledged.addAll(ids);
    }

    try (Journal journal = Journal.open(directory, limits(), Clock.systemUTC())) {
      List<Long> found = Journals.waiting(journal);
      assertThat(found).containsAll(acknowledged).isSorted().doesNotHaveDuplicates();
      assertThat(journal.stats().corruptRegions()).isZero();
    }
  }

  static JournalLimits limits() {
    JournalLimits usual = JournalLimits.DEFAULT;
    return new JournalLimits(
        usual.maxRecordBytes(),
        100_000,
        usual.maxBytes(),
        usual.maxAge(),
        usual.maxWaitingRecords(),
        usual.maxWaitingBytes(),
        0);
  }

  private List<Long> appendUntilKilled(long firstId, int count) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath(),
                Appender.class.getName(),
                directory.toString(),
                Long.toString(firstId))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Long> ids = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // Twelve digits make a whole line: the last one may be cut by the kill.
        if (line.length() == 12) {
          ids.add(Long.parseLong(line));
        }
        if (ids.size() == count) {
          assertThat(child.toHandle().destroyForcibly()).isTrue();
        }
      }
    }
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("killed by signal 9").isEqualTo(128 + 9);
    return ids;
  }

  private static String classPath() {
    StringBuilder path = new StringBuilder();
    for (Class<?> type :
        List.of(
            Journal.class,
            JournalKillTest.class,
            Logger.class,
            StructuredArgument.class,
            NullMarked.class)) {
      path.append(Path.of(URI.create(location(type)))).append(File.pathSeparator);
    }
    return path.toString();
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /**
   * The process that is killed: appends for ever, prints the id of each record that is
   * acknowledged.
   */
  static final class Appender {
    private static final int WINDOW = 50;

    private Appender() {}

    public static void main(String[] args) throws IOException {
      Journal journal = Journal.open(Path.of(args[0]), limits(), Clock.systemUTC());
      long id = Long.parseLong(args[1]);
      while (true) {
        List<CompletableFuture<Position>> window = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
          window.add(journal.append(Journals.record(id + i)).toCompletableFuture());
        }
        for (CompletableFuture<Position> append : window) {
          Journals.acknowledged(append);
          System.out.printf("%012d%n", id++);
        }
        System.out.flush();
      }
    }
  }
}
