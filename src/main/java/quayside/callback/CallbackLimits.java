package quayside.callback;

import java.time.Duration;
import quayside.event.VerificationLevel;

/**
 * Checks the configuration: limits against the five seconds after which OSS hangs up, and against
 * each other; the required level against what a callback can reach.
 */
final class CallbackLimits {
  /**
   * The whole answer: body, verification, publishing. OSS waits 5 s; the rest is for the network.
   */
  private static final Duration WHOLE_ANSWER = Duration.ofSeconds(3);

  /** One body per connection is held in memory; no template expands to anything near. */
  private static final long MAX_BODY_SIZE = 1 << 20;

  private CallbackLimits() {}

  /**
   * Returns silently when all limits make sense.
   *
   * @throws IllegalArgumentException naming key, value, rule and an example
   */
  static void check(CallbackConfig config) {
    require(
        isPositive(config.bodyTimeout()),
        "body-timeout",
        config.bodyTimeout(),
        "must be positive",
        "1S");
    require(
        isPositive(config.publishTimeout()),
        "publish-timeout",
        config.publishTimeout(),
        "must be positive",
        "1500MS");
    require(
        config.bodyTimeout().plus(config.publishTimeout()).compareTo(WHOLE_ANSWER) <= 0,
        "publish-timeout",
        config.publishTimeout(),
        "must with body-timeout ("
            + config.bodyTimeout()
            + ") not exceed 3 s, since OSS hangs up after 5 s",
        "1500MS");
    long maxBodySize = config.maxBodySize().asLongValue();
    require(
        maxBodySize > 0 && maxBodySize <= MAX_BODY_SIZE,
        "max-body-size",
        maxBodySize,
        "must be 1 to 1048576",
        "256K");
    require(
        config.maxInFlight() > 0, "max-in-flight", config.maxInFlight(), "must be positive", "512");
    require(
        config.requiredLevel() != VerificationLevel.CONFIRMED,
        "required-level",
        config.requiredLevel().value(),
        "must be signature or grant: no callback can confirm itself",
        "grant");
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void require(
      boolean condition, String key, Object value, String rule, String example) {
    if (!condition) {
      throw new IllegalArgumentException(
          "quayside.callback." + key + ": " + value + " " + rule + "; for example " + example);
    }
  }
}
