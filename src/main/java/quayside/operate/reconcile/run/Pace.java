package quayside.operate.reconcile.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets through so many per second, evenly. For one thread. */
final class Pace {
  private final long nanosEach;
  private long next = System.nanoTime();

  Pace(int perSecond) {
    if (perSecond < 1) {
      throw new IllegalArgumentException("perSecond: " + perSecond + " is less than 1");
    }
    this.nanosEach = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /** Waits for its turn. */
  void await() throws InterruptedException {
    long now = System.nanoTime();
    next = Math.max(next, now - nanosEach);
    if (next > now) {
      TimeUnit.NANOSECONDS.sleep(next - now);
    }
    next += nanosEach;
  }
}
