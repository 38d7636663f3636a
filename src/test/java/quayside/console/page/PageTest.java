package quayside.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page is put together from all of its files. */
class PageTest {
  private static final Path SOURCES = Path.of("src/main/resources-all/web/app");
  private final Page page = Page.read();

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** What nobody imports is not served, and what nobody needs is not shipped. */
  @Test
  void everySource_isAFileOfThePage() throws IOException {
    List<String> served = page.assets().values().stream().map(Asset::name).toList();

    assertThat(served).containsAll(sources()).contains("htm-preact.js");
  }

  @Test
  void everyModule_isInTheImportMap() throws IOException {
    for (String name : sources()) {
      if (name.endsWith(".js")) {
        assertThat(page.importMap()).contains("\"/console/" + name + "\":\"/console/");
      }
    }
    assertThat(page.importMap()).contains("\"htm/preact\":\"/console/htm-preact-");
  }

  @Test
  void changedFile_hasAnotherName() {
    Asset before = Asset.of("a.js", "1".getBytes(StandardCharsets.UTF_8));
    Asset after = Asset.of("a.js", "2".getBytes(StandardCharsets.UTF_8));

    assertThat(before.hashedName()).isNotEqualTo(after.hashedName()).matches("a-[0-9a-f]{16}\\.js");
  }

  /** More than a first view takes, which leaves out what is imported later. */
  @Test
  void wholePage_isUnder150KiB() {
    long bytes =
        page.index().compressed().length
            + page.assets().values().stream().mapToLong(a -> a.compressed().length).sum();

    assertThat(bytes).isLessThan(150 * 1024);
  }

  @Test
  void policy_namesTheOriginsOfUploads() {
    Map<String, String> headers = SecurityPolicy.headers(page, List.of("https://b.oss.example"));

    assertThat(headers.get("Content-Security-Policy"))
        .contains("connect-src 'self' https://b.oss.example;")
        .contains("script-src 'self' 'sha256-");
  }
}
