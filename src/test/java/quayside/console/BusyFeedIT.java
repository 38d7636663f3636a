package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand uploads a second, which nobody can read, and a page that goes on to answer. */
@ExtendWith(ConsoleExtension.class)
class BusyFeedIT {
  private static final int PER_SECOND = 1_000;
  private static final int EVENTS = 10 * PER_SECOND;
  private static final int AT_ONCE = 20;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MOST_ROWS = 200;

  /** Each would be a frame of its own if nothing were gathered. */
  private static final int EVENTS_OF_A_DRAWING = 100;

  /** Five frames a second, with all else that two processors carry here. */
  private static final int EVENTS_OF_A_FRAME = 200;

  /** What a reader takes for an answer at once, five times over. */
  private static final double LONGEST_TASK_MILLIS = 500;

  /** How often the list was drawn, and the longest time between two frames. */
  private static final String MEASURE =
      """
      () => {
        window.measured = {drawings: 0, gap: 0, frames: 0};
        const list = document.querySelector("[data-testid=live-list]");
        new MutationObserver(() => measured.drawings++).observe(list, {childList: true});
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
    console.open("#/");
    AtomicInteger sent = new AtomicInteger();
    PageThread thread;
    try (Events events = new Events(console.stack())) {
      events.sendAll(List.of(prefix + "first"));
      assertThat(console.row(prefix + "first")).isVisible();
      console.page().evaluate(MEASURE);
      thread =
          PageThread.during(
              console.page(),
              () ->
                  whileTheyCome(
                      () -> events.send(prefix + sent.incrementAndGet(), Map.of()),
                      () -> {
                        await().atMost(LIMIT).until(() -> sent.get() >= EVENTS / 2);
                        // They go on to come until the page has answered.
                        clickAnotherLanguage(console);
                        await().atMost(LIMIT).until(() -> sent.get() >= EVENTS);
                      }));
    }

    Map<?, ?> measured = (Map<?, ?>) console.page().evaluate("measured");
    System.out.printf(
        "The console at 1,000 events a second: %s; of %d events; %s%n",
        measured, sent.get(), thread);
    assertThat(thread.longestTaskMillis()).isPositive().isLessThan(LONGEST_TASK_MILLIS);
    assertThat(number(measured, "drawings")).isBetween(1, sent.get() / EVENTS_OF_A_DRAWING);
    assertThat(number(measured, "frames")).isGreaterThan(sent.get() / EVENTS_OF_A_FRAME);
    assertThat(console.at("live-row").count()).isBetween(1, MOST_ROWS);
    // It is up to date again, too: the last one is there.
    assertThat(console.row(prefix + sent.get()))
        .isVisible(new IsVisibleOptions().setTimeout(LIMIT.toMillis()));
    awaitQuiet(console);
  }

  /** A thousand times a second, until the other action has ended. */
  private static void whileTheyCome(Runnable event, Runnable action) {
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      clock.scheduleAtFixedRate(
          () -> {
            for (int i = 0; i < AT_ONCE; i++) {
              event.run();
            }
          },
          0,
          1_000_000L * AT_ONCE / PER_SECOND,
          TimeUnit.MICROSECONDS);
      action.run();
    }
  }

  /** Returns when the page is in that language. */
  private static void clickAnotherLanguage(Console console) {
    long start = System.nanoTime();
    console.at("language").click();
    assertThat(console.page().locator("html")).hasAttribute("lang", Pattern.compile("zh.*"));
    System.out.printf("A click under load took %.0f ms%n", (System.nanoTime() - start) / 1e6);
    console.at("language").click();
  }

  /** What the sinks have yet to do would slow the tests that come after. */
  private static void awaitQuiet(Console console) {
    console.open("#/operations");
    for (String stage : List.of("catalog", "search", "thumbnail", "timeline", "state")) {
      assertThat(console.at("operations-stages").locator("tr[data-stage=" + stage + "] td").nth(4))
          .hasText("0", new HasTextOptions().setTimeout(LIMIT.toMillis()));
    }
  }

  private static int number(Map<?, ?> measured, String name) {
    return ((Number) measured.get(name)).intValue();
  }
}
