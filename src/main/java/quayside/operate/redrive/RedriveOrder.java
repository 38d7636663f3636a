package quayside.operate.redrive;

import org.jspecify.annotations.Nullable;

/**
 * What an operator orders.
 *
 * @param by who orders it; kept with every moved record
 * @param filter which dead letters
 * @param all must be true when the filter has no condition
 * @param dryRun count only
 * @param rate most records moved per second, 1 to {@value #MAX_RATE}; null for {@value
 *     #DEFAULT_RATE}
 * @param limit most records moved in all; null for no limit
 */
public record RedriveOrder(
    String by,
    DeadLetterFilter filter,
    boolean all,
    boolean dryRun,
    @Nullable Integer rate,
    @Nullable Long limit) {
  /** Records per second unless said otherwise. */
  public static final int DEFAULT_RATE = 100;

  /** Highest rate. */
  public static final int MAX_RATE = 1000;

  private static final int MAX_BY_CHARACTERS = 200;

  public RedriveOrder {
    if (by == null || by.isBlank() || by.length() > MAX_BY_CHARACTERS) {
      throw new IllegalArgumentException("by: must say who, in 1 to 200 characters");
    }
    if (filter == null || (!filter.hasCondition() && !all)) {
      throw new IllegalArgumentException("filter: has no condition; all: true moves everything");
    }
    if (rate != null && (rate < 1 || rate > MAX_RATE)) {
      throw new IllegalArgumentException("rate: " + rate + " is not 1 to " + MAX_RATE);
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " is not positive");
    }
  }

  /** Records per second. */
  public int ratePerSecond() {
    return rate == null ? DEFAULT_RATE : rate;
  }

  /** Records in all. */
  public long most() {
    return limit == null ? Long.MAX_VALUE : limit;
  }
}
