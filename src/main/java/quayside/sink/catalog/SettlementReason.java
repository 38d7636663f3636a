package quayside.sink.catalog;

import java.util.Locale;

/** Why an object is looked at in its bucket. */
enum SettlementReason {
  /** Events contradict one another. */
  CONFLICT,
  /** The bucket contradicts a row that is newer than what the bucket has. */
  RECONCILE,
  /** To raise the level of trust. */
  CONFIRM;

  /** The value of the column. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
