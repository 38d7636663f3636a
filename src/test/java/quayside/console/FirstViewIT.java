package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the first look costs: bytes, and time on loopback. */
@ExtendWith(ConsoleExtension.class)
class FirstViewIT {
  private static final long MOST_BYTES = 150 * 1024;
  // A second is wanted; on a machine that does other things as well it may take longer.
  private static final double MOST_MILLIS = 4_000;

  /** With empty cache, head and body of every answer, as they were on the wire. */
  @Test
  void firstView_isSmallAndQuick(Console console) {
    AtomicLong bytes = new AtomicLong();
    CDPSession protocol = console.page().context().newCDPSession(console.page());
    protocol.on("Network.loadingFinished", event -> bytes.addAndGet(sizeOf(event)));
    protocol.send("Network.enable");

    console.open("#/");
    assertThat(console.at("drop-zone")).isVisible();
    double painted =
        ((Number)
                console
                    .page()
                    .evaluate(
                        "performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            .doubleValue();
    double ready = ((Number) console.page().evaluate("performance.now()")).doubleValue();

    System.out.printf(
        "The console's first view: %d bytes transferred, painted after %.0f ms, live within %.0f"
            + " ms%n",
        bytes.get(), painted, ready);
    assertThat(bytes.get()).isPositive().isLessThan(MOST_BYTES);
    assertThat(painted).isLessThan(MOST_MILLIS);
  }

  /** The policy lets nothing in but what the page brings, and no inline code. */
  @Test
  void page_hasAStrictPolicyAndAssetsOfHashedNames(Console console) {
    HttpResponse<String> page = console.stack().application().get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe-inline", "unsafe-eval", "*;", "https:", "http: ");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.body()).containsPattern("/console/main-[0-9A-Za-z_-]{8,}\\.js");
    assertThat(page.body()).doesNotContainPattern("<style|\\son\\w+=|\\sstyle=");
  }

  private static long sizeOf(JsonObject event) {
    return event.get("encodedDataLength").getAsLong();
  }
}
