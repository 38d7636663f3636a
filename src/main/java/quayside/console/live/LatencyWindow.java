package quayside.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How much passed a stage in the last minute, and how long it took: slots of five seconds, the
 * oldest of which is forgotten when a new one begins. Thread-safe.
 */
final class LatencyWindow {
  private static final int SLOTS = 12;
  private static final long SLOT_MILLIS = 5_000;

  /** What took longer counts as this. */
  private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

  private static final int DIGITS = 2;

  private final Clock clock;
  private final Slot[] slots = new Slot[SLOTS];
  private final long begin;

  LatencyWindow(Clock clock) {
    this.clock = clock;
    this.begin = clock.millis();
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** Five seconds, by their number since the epoch. */
  private static final class Slot {
    private final Histogram millis = new Histogram(LONGEST_MILLIS, DIGITS);
    private long number = -1;
    private long count;

    private void beginAgain(long now) {
      number = now;
      count = 0;
      millis.reset();
    }
  }

  /** Something passed; how long it took may be unknown. */
  synchronized void record(@Nullable Long millis) {
    long number = clock.millis() / SLOT_MILLIS;
    Slot slot = slots[(int) (number % SLOTS)];
    if (slot.number != number) {
      slot.beginAgain(number);
    }
    slot.count++;
    if (millis != null) {
      slot.millis.recordValue(Math.clamp(millis, 0, LONGEST_MILLIS));
    }
  }

  /** What is known of the last minute, or since the beginning. */
  synchronized StageReading read() {
    long now = clock.millis();
    long newest = now / SLOT_MILLIS;
    long oldest = newest - SLOTS + 1;
    Histogram all = new Histogram(LONGEST_MILLIS, DIGITS);
    long count = 0;
    for (Slot slot : slots) {
      if (slot.number >= oldest) {
        count += slot.count;
        all.add(slot.millis);
      }
    }
    Duration time =
        Duration.between(
            Instant.ofEpochMilli(Math.max(begin, oldest * SLOT_MILLIS)), Instant.ofEpochMilli(now));
    return StageReading.of(count, time, all);
  }
}
