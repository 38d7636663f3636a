package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand uploads a second, which nobody can read, and a page that goes on to answer. */
@ExtendWith(ConsoleExtension.class)
class BusyFeedIT {
  private static final int PER_SECOND = 1_000;
  private static final int SECONDS = 10;
  private static final int AT_ONCE = 20;
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
  void thousandEventsASecond_leaveThePageResponsive(Console console) {
    String prefix = "busy-" + UUID.randomUUID() + "/";
    AtomicInteger sent = new AtomicInteger();
    console.open("#/");
    console.page().evaluate(MEASURE);

    try (Events events = new Events(console.stack());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<?> load =
          clock.scheduleAtFixedRate(
              () -> {
                for (int i = 0; i < AT_ONCE; i++) {
                  events.send(prefix + sent.incrementAndGet(), Map.of());
                }
              },
              0,
              1_000_000L * AT_ONCE / PER_SECOND,
              TimeUnit.MICROSECONDS);
      Awaitility.await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> sent.get() >= PER_SECOND * SECONDS / 2);
      double click = clickWhileItRuns(console);
      Awaitility.await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> sent.get() >= PER_SECOND * SECONDS);
      load.cancel(false);
      System.out.printf("The console at 1,000 events a second: a click took %.0f ms%n", click);
    }

    Map<?, ?> measured = (Map<?, ?>) console.page().evaluate("measured");
    System.out.println("The console at 1,000 events a second: " + measured);
    assertThat(number(measured, "gap")).isLessThan(MOST_GAP_MILLIS);
    assertThat(number(measured, "task")).isLessThan(MOST_GAP_MILLIS);
    assertThat(console.at("live-row").count()).isBetween(1, MOST_ROWS);
    // It is up to date again, too: the last one is there.
    assertThat(console.row(prefix + sent.get()))
        .isVisible(new IsVisibleOptions().setTimeout(60_000));
  }

  /** To another view and back while rows fly by: from the click until the first is there. */
  private static double clickWhileItRuns(Console console) {
    long start = System.nanoTime();
    console.choose("operations");
    assertThat(console.at("operations-stages")).isVisible();
    double millis = (System.nanoTime() - start) / 1e6;
    console.choose("live");
    return millis;
  }

  private static double number(Map<?, ?> measured, String name) {
    return ((Number) measured.get(name)).doubleValue();
  }
}
