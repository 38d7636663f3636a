package quayside.callback.journal;

import java.time.Duration;

/**
 * How the drainer publishes.
 *
 * @param maxInFlight records sent and not yet acknowledged
 * @param publishTimeout when a record that is not acknowledged counts as failed
 * @param firstDelay pause after a first failure; doubles with each further one
 * @param longestDelay longest pause between tries
 */
public record DrainSettings(
    int maxInFlight, Duration publishTimeout, Duration firstDelay, Duration longestDelay) {

  /** 500 in flight, 30 s for each, pauses from 200 ms to 5 s. */
  public static final DrainSettings DEFAULT =
      new DrainSettings(500, Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(5));

  public DrainSettings {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight: " + maxInFlight + " is not positive");
    }
    if (publishTimeout.isNegative() || publishTimeout.isZero()) {
      throw new IllegalArgumentException("publishTimeout: " + publishTimeout + " is not positive");
    }
    if (firstDelay.toMillis() < 1 || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "firstDelay, longestDelay: want 1 ms <= " + firstDelay + " <= " + longestDelay);
    }
  }
}
