package quayside.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Watches over everything the pages of a browser do: what no test may see happen, whatever it is
 * about. Scripts that fail or break the Content-Security-Policy, dialogs, requests to anybody but
 * the page's own server and OSS.
 */
final class Watch {
  // Every refusal of a server is also told on the browser's console, and is no failure of the page.
  private static final String REFUSED = "Failed to load resource:";

  private final Set<String> origins;
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  /** Watches pages that may ask these servers. */
  Watch(BrowserContext context, List<URI> servers) {
    origins = Set.copyOf(servers.stream().map(Watch::origin).toList());
    // Before any script of the page, in every page.
    context.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error("
            + "`policy broken: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));");
    context.onWebError(error -> events.add("uncaught: " + error.error()));
    context.onDialog(this::dialog);
    context.onConsoleMessage(this::message);
    context.onRequest(request -> request(request.url()));
  }

  /** Nothing happened that must not. */
  void assertNothing() {
    assertThat(events).as("errors, dialogs, foreign requests").isEmpty();
  }

  @Override
  public String toString() {
    return String.join("\n", events);
  }

  private void dialog(Dialog dialog) {
    events.add("dialog: " + dialog.message());
    dialog.dismiss();
  }

  private void message(ConsoleMessage message) {
    if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
      events.add("error: " + message.text());
    }
  }

  private void request(String url) {
    URI address = URI.create(url.replaceAll("[?#].*", ""));
    boolean network = Set.of("http", "https", "ws", "wss").contains(address.getScheme());
    if (network && !origins.contains(origin(address))) {
      events.add("foreign request: " + url);
    }
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
