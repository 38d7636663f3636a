package quayside.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again: after failures longer each time, after a refusal long at
 * once; a random part of it, at least half, so that many instances do not come at the same instant.
 * Immutable.
 */
record RetryPauses(
    Duration first, Duration longest, Duration afterRefusal, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  /** As in production: a registry that restarts is back in a minute, a refusal takes a person. */
  static RetryPauses usual(RandomGenerator random) {
    return new RetryPauses(
        Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1), random);
  }

  /** The pause after a number of failures in a row, counted from 1. */
  Duration afterFailures(int failures) {
    long unbounded = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    return jittered(Math.min(unbounded, longest.toMillis()));
  }

  /** The pause after a refusal. */
  Duration afterRefused() {
    return jittered(afterRefusal.toMillis());
  }

  private Duration jittered(long millis) {
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
