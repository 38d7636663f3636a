package quayside.console.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import quayside.console.operations.Operations.CallbackCounts;
import quayside.console.operations.Operations.Conservation;

/**
 * Whether callbacks get lost between their arrival and their answer. Some are open at any moment; a
 * callback that was received longer ago than an answer may take is decided, so at least as many are
 * decided now as had been received then. Thread-safe.
 */
final class ConservationCheck {
  /** Beyond {@code quayside.callback.budget}, which is three seconds at most. */
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  private final Clock clock;
  private Sample settled = new Sample(Instant.EPOCH, 0);
  private Sample newer;

  ConservationCheck(Clock clock) {
    this.clock = clock;
    this.newer = new Sample(clock.instant(), 0);
  }

  /** How many had been received at a time. */
  private record Sample(Instant time, long received) {}

  /** What the counters of now say. */
  synchronized Conservation check(CallbackCounts counts) {
    Instant now = clock.instant();
    if (!now.isBefore(newer.time().plus(LONGEST_ANSWER))) {
      settled = newer;
      newer = new Sample(now, counts.received());
    }
    return new Conservation(counts.decided() >= settled.received(), counts.open());
  }
}
