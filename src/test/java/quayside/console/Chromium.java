package quayside.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import quayside.DebianTool;

/**
 * A browser that Playwright drives, by the Node.js that is installed. Used by one thread. It speaks
 * to nobody but the pages' own servers: what a browser does by itself is switched off.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(DebianTool.chromium()).setArgs(QUIET));
  }

  /** A browser with nothing in it: no cookies, no storage, no cache. */
  BrowserContext fresh(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Path node() {
    List<Path> found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "node"))
            .filter(Files::isExecutable)
            .toList();
    assertThat(found)
        .as("Node.js is missing: install it (Debian: apt-get install nodejs)")
        .isNotEmpty();
    return found.getFirst();
  }
}
