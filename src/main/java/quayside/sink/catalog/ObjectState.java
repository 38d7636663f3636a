package quayside.sink.catalog;

import java.util.Locale;

/** Whether an object is in its bucket, as far as the catalog knows. */
enum ObjectState {
  PRESENT,
  /** Gone; the row is a tombstone. */
  DELETED;

  /** The value of the column. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
