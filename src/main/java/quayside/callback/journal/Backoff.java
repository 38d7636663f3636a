package quayside.callback.journal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential delays with jitter: the n-th is a random part, at least half, of {@code first * 2^n},
 * so that many instances do not come back to the broker at the same instant. Immutable.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  /** The pause after a number of failures in a row, counted from 1. */
  Duration delay(int failures) {
    long unbounded = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long bounded = Math.min(unbounded, longest.toMillis());
    return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
  }
}
