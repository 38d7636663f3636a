package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand uploads a second, which nobody can read, and a page that goes on to answer. */
@ExtendWith(ConsoleExtension.class)
class BusyFeedIT {
  private static final int PER_SECOND = 1_000;
  private static final int EVENTS = 10 * PER_SECOND;
  private static final int AT_ONCE = 20;
  private static final double LIMIT_MILLIS = 120_000;
  private static final int MOST_ROWS = 200;
  // Two processors carry broker, database, every sink, the load and the browser here.
  private static final double MOST_GAP_MILLIS = 2_000;

  /** Longest task of the page's thread, and longest time between two frames. */
  private static final String MEASURE =
      """
      () => {
        window.measured = {task: 0, gap: 0, frames: 0};
        new PerformanceObserver(list => list.getEntries().forEach(entry => {
          measured.task = Math.max(measured.task, entry.duration);
        })).observe({entryTypes: ["longtask"]});
        let last = performance.now();
        const frame = now => {
          measured.gap = Math.max(measured.gap, now - last);
          measured.frames++;
          last = now;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }
      """;

  @Test
  void thousandEventsASecond_leaveThePageResponsive(Console console) throws Exception {
    String prefix = "busy-" + UUID.randomUUID() + "/";
    console.open("#/");
    console.page().evaluate(MEASURE);
    double click;
    try (Events events = new Events(console.stack());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      CountDownLatch half = new CountDownLatch(EVENTS / 2);
      CountDownLatch all = new CountDownLatch(EVENTS);
      ScheduledFuture<?> load =
          clock.scheduleAtFixedRate(
              () -> {
                for (int i = 0; i < AT_ONCE && all.getCount() > 0; i++) {
                  events.send(prefix + all.getCount(), Map.of());
                  half.countDown();
                  all.countDown();
                }
              },
              0,
              1_000_000L * AT_ONCE / PER_SECOND,
              TimeUnit.MICROSECONDS);
      assertThat(half.await(1, TimeUnit.MINUTES)).isTrue();
      click = clickWhileItRuns(console);
      assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
      load.cancel(false);
    }

    Map<?, ?> measured = (Map<?, ?>) console.page().evaluate("measured");
    System.out.printf(
        "The console at 1,000 events a second: a click took %.0f ms; %s%n", click, measured);
    assertThat(number(measured, "gap")).isLessThan(MOST_GAP_MILLIS);
    assertThat(number(measured, "task")).isLessThan(MOST_GAP_MILLIS);
    assertThat(console.at("live-row").count()).isBetween(1, MOST_ROWS);
    // It is up to date again, too: the last one is there.
    assertThat(console.row(prefix + 1)).isVisible(new IsVisibleOptions().setTimeout(LIMIT_MILLIS));
    awaitQuiet(console);
  }

  /** From the click on another language until it is there. */
  private static double clickWhileItRuns(Console console) {
    long start = System.nanoTime();
    console.at("language").click();
    assertThat(console.page().locator("html")).hasAttribute("lang", Pattern.compile("zh.*"));
    double millis = (System.nanoTime() - start) / 1e6;
    console.at("language").click();
    return millis;
  }

  /** What the sinks have yet to do would slow the tests that come after. */
  private static void awaitQuiet(Console console) {
    console.open("#/operations");
    for (String stage : List.of("catalog", "search", "thumbnail", "timeline", "state")) {
      assertThat(console.at("operations-stages").locator("tr[data-stage=" + stage + "] td").nth(4))
          .hasText("0", new HasTextOptions().setTimeout(LIMIT_MILLIS));
    }
  }

  private static double number(Map<?, ?> measured, String name) {
    return ((Number) measured.get(name)).doubleValue();
  }
}
