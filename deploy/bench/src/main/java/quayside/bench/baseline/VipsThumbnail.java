package quayside.bench.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code vipsthumbnail}: one run for many files, and one thread, so that it need
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

  /** Makes a WebP of each file, as the product does; returns the processor time of all. */
  public Duration webp(List<Path> files, int size) throws IOException, InterruptedException {
    Path target = Files.createDirectories(work).toAbsolutePath();
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
    Duration before = ofChildren();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
    Duration used = ofChildren().minus(before);
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("[.][^.]*$", ".webp");
      // Fails when it made nothing.
      Files.delete(target.resolve(name));
    }
    return used;
  }

  // Of processes that ended; the servers of a suite go on.
  private static Duration ofChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Duration.ofMillis(10)
        .multipliedBy(Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
  }
}
