package quayside.callback;

import java.time.Duration;
import quayside.callback.journal.JournalConfig;
import quayside.event.VerificationLevel;

/**
 * Checks the configuration: times against the five seconds after which OSS hangs up, limits against
 * each other; the required level against what a callback can reach.
 */
final class CallbackLimits {
  /** From the first byte to the answer. OSS waits 5 s; the rest is for the network. */
  private static final Duration LONGEST_BUDGET = Duration.ofSeconds(3);

  /** One body per connection is held in memory; no template expands to anything near. */
  private static final long MAX_BODY_SIZE = 1 << 20;

  private CallbackLimits() {}

  /**
   * The shares of a request's time.
   *
   * @throws IllegalArgumentException when they do not add up, naming key, value, rule and an
   *     example
   */
  static Budget budget(CallbackConfig config, JournalConfig journal) {
    Duration forJournal = journal.enabled() ? journal.appendTimeout() : Duration.ZERO;
    Budget budget =
        new Budget(config.budget(), config.bodyTimeout(), config.publishTimeout(), forJournal);
    requirePositive("callback.budget", budget.whole(), "3S");
    requirePositive("callback.body-timeout", budget.reading(), "1S");
    requirePositive("callback.publish-timeout", budget.publishing(), "1500MS");
    if (journal.enabled()) {
      requirePositive("journal.append-timeout", budget.journal(), "500MS");
    }
    require(
        budget.whole().compareTo(LONGEST_BUDGET) <= 0,
        "callback.budget",
        budget.whole(),
        "must not exceed 3 s, since OSS hangs up after 5 s",
        "3S");
    requireFits("callback.body-timeout", budget.reading(), budget, "1S");
    requireFits("callback.publish-timeout", budget.publishing(), budget, "1500MS");
    return budget;
  }

  /**
   * Returns silently when all limits make sense.
   *
   * @throws IllegalArgumentException naming key, value, rule and an example
   */
  static void check(CallbackConfig config) {
    long maxBodySize = config.maxBodySize().asLongValue();
    require(
        maxBodySize > 0 && maxBodySize <= MAX_BODY_SIZE,
        "callback.max-body-size",
        maxBodySize,
        "must be 1 to 1048576",
        "256K");
    require(
        config.maxInFlight() > 0,
        "callback.max-in-flight",
        config.maxInFlight(),
        "must be positive",
        "1024");
    require(
        config.maxInFlightSize().asLongValue() >= maxBodySize,
        "callback.max-in-flight-size",
        config.maxInFlightSize().asLongValue(),
        "must hold a body of callback.max-body-size (" + maxBodySize + ")",
        "32M");
    require(
        config.requiredLevel() != VerificationLevel.CONFIRMED,
        "callback.required-level",
        config.requiredLevel().value(),
        "must be signature or grant: no callback can confirm itself",
        "grant");
  }

  // What a slow body or a slow Kafka leaves is the journal's.
  private static void requireFits(String key, Duration share, Budget budget, String example) {
    require(
        share.plus(budget.journal()).compareTo(budget.whole()) <= 0,
        key,
        share,
        "must with journal.append-timeout ("
            + budget.journal()
            + ") not exceed callback.budget ("
            + budget.whole()
            + ")",
        example);
  }

  private static void requirePositive(String key, Duration value, String example) {
    require(value.compareTo(Duration.ZERO) > 0, key, value, "must be positive", example);
  }

  private static void require(
      boolean condition, String key, Object value, String rule, String example) {
    if (!condition) {
      throw new IllegalArgumentException(
          "quayside." + key + ": " + value + " " + rule + "; for example " + example);
    }
  }
}
