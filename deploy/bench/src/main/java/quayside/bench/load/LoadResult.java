package quayside.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What became of a load.
 *
 * @param sent requests begun
 * @param accepted those answered with 200
 * @param refused those answered with anything else
 * @param broken those without an answer: refused or reset connections
 * @param took from the first request to the last answer
 * @param latency of the answered ones in microseconds, from the time each was due
 */
public record LoadResult(
    long sent, long accepted, long refused, long broken, Duration took, Histogram latency) {

  /** Accepted requests in a second. */
  public double throughput() {
    return accepted / (took.toNanos() / 1e9);
  }

  /** Latency at a percentile, in milliseconds. */
  public double millisAt(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }

  /**
   * Fails when not every request was accepted: then a figure would tell of something else.
   *
   * @throws IllegalStateException with the counts
   */
  public LoadResult requireAllAccepted() {
    if (accepted != sent) {
      throw new IllegalStateException(counts());
    }
    return this;
  }

  /** What became of how many, in words. */
  public String counts() {
    return "of %d requests %d were accepted, %d refused, %d got no answer"
        .formatted(sent, accepted, refused, broken);
  }
}
