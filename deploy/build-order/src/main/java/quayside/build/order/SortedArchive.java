package quayside.build.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar anew with its entries in the order of their names, the manifest first. The jar of
 * which a native executable is made has them in the order of hash tables, among them one of paths:
 * it differs with the folder of the build, and by chance.
 */
final class SortedArchive {
  /** Where readers of jars look for it. */
  private static final List<String> FIRST = List.of("META-INF/", "META-INF/MANIFEST.MF");

  private static final Comparator<ZipEntry> ORDER =
      Comparator.comparing((ZipEntry entry) -> !FIRST.contains(entry.getName()))
          .thenComparing(ZipEntry::getName);

  private SortedArchive() {}

  /** Sorts each of these files. */
  public static void main(String... archives) throws IOException {
    for (String archive : archives) {
      sort(Path.of(archive));
    }
  }

  private static void sort(Path archive) throws IOException {
    Path sorted = archive.resolveSibling(archive.getFileName() + ".sorted");
    try (ZipFile from = new ZipFile(archive.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(sorted))) {
      // A set, for its first folder is in it twice.
      SortedSet<ZipEntry> entries = new TreeSet<>(ORDER);
      from.stream().forEach(entries::add);
      for (ZipEntry entry : entries) {
        ZipEntry copy = new ZipEntry(entry);
        copy.setCompressedSize(-1);
        to.putNextEntry(copy);
        from.getInputStream(entry).transferTo(to);
        to.closeEntry();
      }
    }
    Files.move(sorted, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}
