package quayside.sink.thumbnail.vips;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import quayside.sink.thumbnail.worker.WorkerMain;

/**
 * How a worker process is started.
 *
 * @param arguments the command line
 */
record WorkerCommand(List<String> arguments) {

  WorkerCommand {
    arguments = List.copyOf(arguments);
  }

  /** A worker JVM that loads this library. */
  static WorkerCommand of(Path library, int maxImageBytes, long memoryLimit) {
    return new WorkerCommand(
        List.of(
            javaExecutable(),
            // Images are in native memory: what Java has here is small and short-lived.
            "-Xmx16m",
            "-Xmn2m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            // A crashing JVM prints its report on stdout, into the middle of the frames.
            "-XX:+SuppressFatalErrorMessage",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(WorkerMain.class),
            WorkerMain.class.getName(),
            library.toString(),
            Integer.toString(maxImageBytes),
            Long.toString(memoryLimit)));
  }

  /** Starts a process. It sees nothing of the service's environment, which holds credentials. */
  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().clear();
    // Any value: a 74-byte image would otherwise have libvips print 60,000 warnings.
    builder.environment().put("VIPS_WARNING", "0");
    // glibc keeps an arena per thread and returns little of it: memory grows with every image
    // without this.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    // What a large image took goes back to the system with it: fixed, the threshold does not grow
    // to the size of images.
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "131072");
    builder.environment().put("MALLOC_TRIM_THRESHOLD_", "131072");
    return builder.start();
  }

  /** The jar or directory a class came from. */
  static String classPath(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("class path of the worker: " + type + " has no code source");
    }
    try {
      URI uri = source.getLocation().toURI();
      Path path = Path.of(uri);
      if (!Files.exists(path)) {
        throw new IllegalStateException("class path of the worker: " + path + " does not exist");
      }
      return path.toString();
    } catch (URISyntaxException
        | IllegalArgumentException
        | java.nio.file.FileSystemNotFoundException e) {
      throw new IllegalStateException(
          "class path of the worker: " + source.getLocation() + " is not a file", e);
    }
  }

  private static String javaExecutable() {
    return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
  }
}
