package quayside.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page is put together from all of its files. */
class PageTest {
  private static final Path SOURCES = Path.of("src/main/web/app");
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import) \"\\./([a-z0-9-]+\\.js)\"");
  private static final Pattern HAN = Pattern.compile("[\u4e00-\u9fff]|\\\\u[4-9][0-9a-f]{3}");
  private final Page page = Page.read();

  /** What nobody imports or refers to is not served, and is not kept. */
  @Test
  void everySource_isAPartOfThePage() throws IOException {
    Set<String> parts = new TreeSet<>();
    page.assets().values().forEach(asset -> parts.add(asset.name()));
    assertThat(parts).containsExactlyInAnyOrder("main.js", "console.css", "icon.svg");
    parts.remove("main.js");
    addWithImports("main.js", parts);

    try (Stream<Path> sources = Files.list(SOURCES)) {
      assertThat(sources.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(parts);
    }
  }

  /** The modules, both languages and the library. */
  @Test
  void script_isAllModulesInOne() throws IOException {
    String script =
        page.assets().values().stream()
            .filter(asset -> asset.name().equals("main.js"))
            .map(asset -> new String(asset.content(), StandardCharsets.UTF_8))
            .findFirst()
            .orElseThrow();

    assertThat(script).contains("Drop files", "dangerouslySetInnerHTML").containsPattern(HAN);
    assertThat(IMPORT.matcher(script).find()).isFalse();
  }

  @Test
  void changedFile_hasAnotherName() {
    Asset before = Asset.of("a.js", "1".getBytes(StandardCharsets.UTF_8));
    Asset after = Asset.of("a.js", "2".getBytes(StandardCharsets.UTF_8));

    assertThat(before.hashedName()).isNotEqualTo(after.hashedName()).matches("a-[0-9a-f]{16}\\.js");
  }

  @Test
  void wholePage_isUnder150KiB() {
    long bytes =
        page.index().compressed().length
            + page.assets().values().stream().mapToLong(a -> a.compressed().length).sum();

    assertThat(bytes).isLessThan(150 * 1024);
  }

  @Test
  void policy_namesTheOriginsOfUploads() {
    Map<String, String> headers = SecurityPolicy.headers(List.of("https://b.oss.example"));

    assertThat(headers.get("Content-Security-Policy"))
        .contains("connect-src 'self' https://b.oss.example;")
        .contains("script-src 'self';");
  }

  private static void addWithImports(String module, Set<String> modules) throws IOException {
    if (modules.add(module)) {
      for (MatchResult found :
          IMPORT.matcher(Files.readString(SOURCES.resolve(module))).results().toList()) {
        addWithImports(found.group(1), modules);
      }
    }
  }
}
