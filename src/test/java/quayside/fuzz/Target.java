package quayside.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A fuzz target, found by the folder of its inputs, which is named after it. */
record Target(Class<?> type, Path folder) {

  static Target of(Path folder) {
    try {
      return new Target(Class.forName(folder.getFileName().toString()), folder);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(folder + " is named after no target", e);
    }
  }

  /** The targets of all folders in a folder. */
  static List<Target> in(Path folders) throws IOException {
    return list(folders).stream().map(Target::of).toList();
  }

  List<Path> inputs() {
    try {
      return list(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Throws what the target throws. */
  void run(Path input) throws Throwable {
    MethodHandle entry =
        MethodHandles.publicLookup()
            .findStatic(
                type, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    entry.invoke(Files.readAllBytes(input));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
