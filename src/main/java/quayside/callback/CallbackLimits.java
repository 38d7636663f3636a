package quayside.callback;

import java.time.Duration;
import quayside.callback.journal.JournalConfig;
import quayside.configuration.Problems;
import quayside.event.VerificationLevel;

/**
 * The limits of the edge: times against the five seconds after which OSS hangs up, limits against
 * each other; the required level against what a callback can reach.
 */
final class CallbackLimits {
  private static final String KEYS = "quayside.callback.";

  /** From the first byte to the answer. OSS waits 5 s; the rest is for the network. */
  private static final Duration LONGEST_BUDGET = Duration.ofSeconds(3);

  /** One body per connection is held in memory; no template expands to anything near. */
  private static final long MAX_BODY_SIZE = 1 << 20;

  private CallbackLimits() {}

  /** The shares of a request's time. */
  static Budget budget(CallbackConfig config, JournalConfig journal) {
    Duration forJournal = journal.enabled() ? journal.appendTimeout() : Duration.ZERO;
    return new Budget(config.budget(), config.bodyTimeout(), config.publishTimeout(), forJournal);
  }

  /** Tells which shares are too small or too large. */
  static void check(Budget budget, Problems problems) {
    problems.requirePositive(KEYS + "budget", budget.whole(), "3S");
    problems.requirePositive(KEYS + "body-timeout", budget.reading(), "1S");
    problems.requirePositive(KEYS + "publish-timeout", budget.publishing(), "1500MS");
    problems.require(
        budget.whole().compareTo(LONGEST_BUDGET) <= 0,
        KEYS + "budget",
        "must not exceed 3 s, since OSS hangs up after 5 s",
        "3S");
    requireFits(KEYS + "body-timeout", budget.reading(), budget, "1S", problems);
    requireFits(KEYS + "publish-timeout", budget.publishing(), budget, "1500MS", problems);
  }

  /** Tells which other limits make no sense. */
  static void check(CallbackConfig config, Problems problems) {
    long maxBodySize = config.maxBodySize().asLongValue();
    problems.require(
        maxBodySize > 0 && maxBodySize <= MAX_BODY_SIZE,
        KEYS + "max-body-size",
        "must be 1 to 1048576",
        "256K");
    problems.require(config.maxInFlight() > 0, KEYS + "max-in-flight", "must be positive", "1024");
    problems.require(
        config.maxInFlightSize().asLongValue() >= maxBodySize,
        KEYS + "max-in-flight-size",
        "must hold a body of callback.max-body-size (" + maxBodySize + ")",
        "32M");
    problems.require(
        config.requiredLevel() != VerificationLevel.CONFIRMED,
        KEYS + "required-level",
        "must be signature or grant: no callback can confirm itself",
        "grant");
  }

  // What a slow body or a slow Kafka leaves is the journal's.
  private static void requireFits(
      String key, Duration share, Budget budget, String example, Problems problems) {
    problems.require(
        share.plus(budget.journal()).compareTo(budget.whole()) <= 0,
        key,
        "must with journal.append-timeout ("
            + budget.journal()
            + ") not exceed callback.budget ("
            + budget.whole()
            + ")",
        example);
  }
}
