package quayside.callback;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Microseconds since the epoch, strictly increasing within this instance even when the clock stands
 * still or steps back. Thread-safe and lock-free.
 */
final class SequenceGenerator {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  SequenceGenerator(Clock clock) {
    this.clock = clock;
  }

  long next() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return last.updateAndGet(previous -> Math.max(previous + 1, now));
  }
}
