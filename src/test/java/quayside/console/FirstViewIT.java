package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the first look costs: bytes, and time on loopback. */
@ExtendWith(ConsoleExtension.class)
class FirstViewIT {
  private static final long MOST_BYTES = 150 * 1024;

  private static final double MOST_MILLIS = 1000;

  /** Where a bare page takes more than a fifth of a second, both wait for what else is done. */
  private static final double MOST_BARE_PAGES = 5;

  private static final int TIMES = 5;

  private record View(long bytes, double paintedMillis, double liveMillis) {}

  /** The quickest of a few: what the machine does besides can only add to it. */
  @Test
  void firstView_isSmallAndQuick(ConsoleStack stack, Chromium browser) {
    List<View> views = new ArrayList<>();
    double bare = Double.MAX_VALUE;
    try (BarePage page = new BarePage()) {
      for (int i = 0; i < TIMES; i++) {
        bare = Math.min(bare, page.painted(browser));
        views.add(firstView(stack, browser));
      }
    }
    double painted = views.stream().mapToDouble(View::paintedMillis).min().orElseThrow();

    System.out.printf(
        "The console's first view: %s; painted after %.0f ms, a bare page after %.0f: %.1f times%n",
        views, painted, bare, painted / bare);
    assertThat(views)
        .allSatisfy(view -> assertThat(view.bytes()).isPositive().isLessThan(MOST_BYTES));
    assertThat(painted).isLessThan(Math.max(MOST_MILLIS, MOST_BARE_PAGES * bare));
  }

  /** With empty cache, head and body of every answer, as they were on the wire. */
  private static View firstView(ConsoleStack stack, Chromium browser) {
    try (Console console = new Console(stack, browser)) {
      AtomicLong bytes = new AtomicLong();
      CDPSession protocol = console.page().context().newCDPSession(console.page());
      protocol.on("Network.loadingFinished", event -> bytes.addAndGet(sizeOf(event)));
      protocol.send("Network.enable");
      console.open("#/");
      assertThat(console.at("drop-zone")).isVisible();
      double live = ((Number) console.page().evaluate("performance.now()")).doubleValue();
      console.assertNothingUnheardOf();
      return new View(bytes.get(), FirstPaint.millis(console.page()), live);
    }
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
