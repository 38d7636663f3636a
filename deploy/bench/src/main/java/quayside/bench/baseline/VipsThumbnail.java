package quayside.bench.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The command {@code vipsthumbnail}: each run for many files, and one thread, so that it need
 * neither start for each nor pass work around.
 *
 * @param program the command
 * @param work directory for its output
 */
public record VipsThumbnail(Path program, Path work) {

  /** True when there is such a command here. */
  public boolean isThere() {
    return Files.isExecutable(program);
  }

  /**
   * Makes a WebP of each file, as the product does; returns the processor time of all.
   *
   * @param atOnce how many runs share the files; as many as the product makes at a time, for each
   *     takes longer beside others on one machine
   */
  public Duration webp(List<Path> files, int size, int atOnce)
      throws IOException, InterruptedException {
    Path target = Files.createDirectories(work).toAbsolutePath();
    Duration before = ofChildren();
    List<Process> runs = new ArrayList<>();
    try {
      for (int i = 0; i < atOnce; i++) {
        runs.add(start(every(atOnce, i, files), size, target));
      }
      for (Process run : runs) {
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
          throw new IOException(program + ": " + output);
        }
      }
    } finally {
      // When one failed the others need not go on.
      runs.forEach(Process::destroy);
    }
    Duration used = ofChildren().minus(before);
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("[.][^.]*$", ".webp");
      // Fails when it made nothing.
      Files.delete(target.resolve(name));
    }
    return used;
  }

  private Process start(List<Path> files, int size, Path target) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--size",
                "%1$dx%1$d>".formatted(size),
                "-o",
                target + "/%s.webp[Q=80,effort=4,strip]"));
    files.forEach(file -> command.add(file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VIPS_CONCURRENCY", "1");
    return builder.start();
  }

  private static List<Path> every(int step, int first, List<Path> files) {
    return IntStream.iterate(first, i -> i < files.size(), i -> i + step)
        .mapToObj(files::get)
        .toList();
  }

  // Of processes that ended; the servers of a suite go on.
  private static Duration ofChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Duration.ofMillis(10)
        .multipliedBy(Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
  }
}
