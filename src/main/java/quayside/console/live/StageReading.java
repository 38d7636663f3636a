package quayside.console.live;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How a stage did in the last minute; null is what is not known.
 *
 * @param ratePerSecond events
 * @param p50Millis half of them took at most this long since they were received
 * @param p99Millis all but one of a hundred did
 */
public record StageReading(
    @Nullable Double ratePerSecond, @Nullable Long p50Millis, @Nullable Long p99Millis) {
  /** Of a stage that nobody looks at. */
  public static final StageReading UNKNOWN = new StageReading(null, null, null);

  /** A shorter time says nothing of a rate. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final double HALF = 50;
  private static final double ALMOST_ALL = 99;

  static StageReading of(long count, Duration time, Histogram millis) {
    boolean timed = millis.getTotalCount() > 0;
    return new StageReading(
        time.compareTo(SHORTEST) < 0 ? null : count * 1000.0 / time.toMillis(),
        timed ? millis.getValueAtPercentile(HALF) : null,
        timed ? millis.getValueAtPercentile(ALMOST_ALL) : null);
  }
}
