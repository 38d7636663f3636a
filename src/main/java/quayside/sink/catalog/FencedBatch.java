package quayside.sink.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import quayside.event.CloudEvent;
import quayside.sink.PermanentFailureException;

/**
 * Rows for one table.
 *
 * @param table where they go
 * @param rows in the order of delivery; the same object may occur several times
 */
record FencedBatch(FencedTable<?> table, List<FencedRow> rows) {

  /**
   * The rows that events would write.
   *
   * @throws PermanentFailureException when the table cannot hold one of them exactly
   */
  static <T> FencedBatch of(FencedTable<T> table, List<CloudEvent<T>> events)
      throws PermanentFailureException {
    List<FencedRow> rows = new ArrayList<>(events.size());
    for (CloudEvent<T> event : events) {
      rows.add(table.row(event));
    }
    return new FencedBatch(table, rows);
  }

  /** The rows of some events. */
  FencedBatch only(Set<EventIdentity> events) {
    return new FencedBatch(
        table, rows.stream().filter(row -> events.contains(row.identity())).toList());
  }
}
