package quayside.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program that was run to its end said.
 *
 * @param output both streams, as they came
 */
record Program(int exitCode, String output) {
  /** The virtual machine of this one. */
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final int LIMIT_SECONDS = 120;

  /** Runs it in the folder of the project; ends it when it takes too long. */
  static Program run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var unused =
        process
            .onExit()
            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Program(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
