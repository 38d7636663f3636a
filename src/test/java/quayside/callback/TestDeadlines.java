package quayside.callback;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Deadlines without an event loop. */
final class TestDeadlines {
  static final ScheduledExecutorService TIMERS =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private TestDeadlines() {}

  /** Time enough for whatever a test does. */
  static Deadline ample() {
    Duration ample = Duration.ofSeconds(30);
    return new Budget(ample.multipliedBy(3), ample, ample, ample).start(TIMERS, Runnable::run, System.nanoTime());
  }
}
