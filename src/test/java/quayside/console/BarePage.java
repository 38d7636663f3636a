package quayside.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A page that does next to nothing, with a style and a module, on loopback: what this browser on
 * this machine takes to show anything at all. Used by one thread.
 */
final class BarePage implements AutoCloseable {
  private static final String PAGE =
      """
      <!doctype html>
      <link rel="stylesheet" href="/style.css">
      <script type="module" src="/module.js"></script>
      """;
  private static final String STYLE = "h1 { color: navy; }";
  private static final String MODULE =
      "document.body.append(Object.assign(document.createElement('h1'), {textContent: 'There'}));";

  private final HttpServer server;

  BarePage() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve("/", "text/html", PAGE);
    serve("/style.css", "text/css", STYLE);
    serve("/module.js", "text/javascript", MODULE);
    server.start();
  }

  /** Milliseconds until something is to be seen, with an empty cache. */
  double painted(Chromium browser) {
    try (BrowserContext context = browser.fresh(new Browser.NewContextOptions())) {
      Page page = context.newPage();
      page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      return FirstPaint.millis(page);
    }
  }

  private void serve(String path, String mediaType, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", mediaType);
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
