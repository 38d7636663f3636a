package quayside.console.desk;

import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.RedriveOrder;

/**
 * An order as the console sends it: everything but who gives it, which is not for the sender to
 * say.
 *
 * @param filter which dead letters
 * @param all must be true when the filter has no condition
 * @param dryRun count only
 * @param rate most records moved per second
 * @param limit most records moved in all; null for no limit
 */
public record RedriveRequest(
    @Nullable DeadLetterFilter filter,
    boolean all,
    boolean dryRun,
    @Nullable Integer rate,
    @Nullable Long limit) {
  private static final DeadLetterFilter NONE =
      new DeadLetterFilter(null, null, null, null, null, null, null, null, null);

  /**
   * The order of an operator.
   *
   * @throws IllegalArgumentException naming the rule that is broken
   */
  RedriveOrder by(String operator) {
    return new RedriveOrder(operator, filter == null ? NONE : filter, all, dryRun, rate, limit);
  }
}
