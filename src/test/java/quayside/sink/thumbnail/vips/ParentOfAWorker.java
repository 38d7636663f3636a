package quayside.sink.thumbnail.vips;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service with one worker, only there to be killed. The worker reads from a pipe that somebody
 * else keeps open.
 */
final class ParentOfAWorker {
  private ParentOfAWorker() {}

  static Process start(Path input, Path pidFile) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ParentOfAWorker.class.getName(),
                input.toString(),
                pidFile.toString()))
        .inheritIO()
        .start();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    WorkerCommand command =
        WorkerCommand.of(InstalledVips.library(), 1_000_000, InstalledVips.WORKER_MEMORY);
    Process worker =
        new ProcessBuilder(command.arguments())
            .redirectInput(Path.of(args[0]).toFile())
            .redirectOutput(Redirect.DISCARD)
            .start();
    Files.writeString(Path.of(args[1]), Long.toString(worker.pid()));
    worker.waitFor();
  }
}
