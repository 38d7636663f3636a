package quayside.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential delays with full jitter: the n-th is a random part, at least half, of {@code first *
 * 2^n}, so that many consumers do not come back at the same instant. Immutable.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("first, longest: want 0 < " + first + " <= " + longest);
    }
  }

  /** The pause before try number {@code attempt + 1}; attempts count from 1. */
  Duration delay(int attempt) {
    long unbounded = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
    long bounded = Math.min(unbounded, longest.toMillis());
    return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
  }
}
