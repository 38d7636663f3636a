package quayside.sink.thumbnail.vips;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where libvips is on this machine: what npm's {@code @img/sharp-libvips-<platform>} brought into a
 * directory, else the system's own. The first is one self-contained file with a recent libvips; the
 * second may be older, and may read HEIC.
 */
public final class VipsLibrary {
  private static final List<String> SYSTEM_FILES =
      List.of(
          "/usr/lib/x86_64-linux-gnu/libvips.so.42",
          "/usr/lib/aarch64-linux-gnu/libvips.so.42",
          "/usr/lib64/libvips.so.42",
          "/usr/lib/libvips.so.42",
          "/usr/local/lib/libvips.so.42",
          "/opt/homebrew/lib/libvips.42.dylib",
          "/usr/local/lib/libvips.42.dylib");

  private VipsLibrary() {}

  /**
   * Finds the library.
   *
   * @param directory where {@code npm install --prefix} put the package; need not exist
   */
  public static Optional<Path> find(Path directory) {
    List<Path> candidates = new ArrayList<>();
    for (String libc : List.of("linux", "linuxmusl", "darwin")) {
      candidates.addAll(npmFiles(directory, libc));
    }
    SYSTEM_FILES.forEach(file -> candidates.add(Path.of(file)));
    return candidates.stream().filter(Files::isRegularFile).findFirst().map(Path::toAbsolutePath);
  }

  /** Where the library of npm's package is expected, for messages. */
  public static Path expectedIn(Path directory) {
    return packageOf(directory, "linux").resolve("libvips-cpp.so.*").toAbsolutePath();
  }

  private static List<Path> npmFiles(Path directory, String libc) {
    Path lib = packageOf(directory, libc);
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(lib) && libc.startsWith("darwin") == isMac()) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(lib, "libvips-cpp.*")) {
        found.forEach(files::add);
      } catch (IOException unreadable) {
        // The same as absent: the caller says where it looked.
        return List.of();
      }
    }
    return files;
  }

  private static Path packageOf(Path directory, String libc) {
    return directory.resolve(
        "node_modules/@img/sharp-libvips-" + libc + "-" + architecture() + "/lib");
  }

  private static boolean isMac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch");
    return arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "x64";
  }
}
