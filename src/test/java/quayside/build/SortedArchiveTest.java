package quayside.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars whose entries are in the order of chance, sorted as the Makefile has it done. */
class SortedArchiveTest {
  private static final String PROGRAM =
      "deploy/build-order/src/main/java/quayside/build/order/SortedArchive.java";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  @TempDir Path folder;

  @Test
  void sameEntriesInAnotherOrder_becomeTheSameBytes() throws IOException {
    Path one = archive("one.jar", "b/", "b/B.class", "META-INF/", "META-INF/MANIFEST.MF", "a.txt");
    Path other =
        archive("other.jar", "META-INF/MANIFEST.MF", "a.txt", "b/B.class", "META-INF/", "b/");
    assertThat(Files.mismatch(one, other)).isNotNegative();

    Program sorting = Program.run(List.of(Program.JAVA, PROGRAM, one.toString(), other.toString()));

    assertThat(sorting.exitCode()).as(sorting.output()).isZero();
    assertThat(Files.mismatch(one, other)).isNegative();
    try (ZipFile sorted = new ZipFile(one.toFile())) {
      assertThat(sorted.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/", "META-INF/MANIFEST.MF", "a.txt", "b/", "b/B.class");
      assertThat(sorted.getInputStream(sorted.getEntry("a.txt"))).hasContent("a.txt");
    }
  }

  @Test
  void noArchive_isLeftAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("text.jar"), "no archive");

    Program sorting = Program.run(List.of(Program.JAVA, PROGRAM, file.toString()));

    assertThat(sorting.exitCode()).isNotZero();
    assertThat(file).hasContent("no archive");
  }

  /** Each entry has its name for a content. */
  private Path archive(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        ZipEntry head = new ZipEntry(entry);
        head.setTimeLocal(TIME);
        zip.putNextEntry(head);
        if (!entry.endsWith("/")) {
          zip.write(entry.getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    }
    return file;
  }
}
