package quayside.sink.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;

/**
 * The row an event would write, checked: PostgreSQL will take it.
 *
 * @param event the event
 * @param identity what the inbox knows it by
 * @param name the object it is about
 * @param values one for each column of the {@link FencedTable}, in its order
 */
record FencedRow(
    CloudEvent<?> event, EventIdentity identity, ObjectName name, List<@Nullable Object> values) {

  FencedRow {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /**
   * True when this row's event is newer than the other's, as the fence in the database would say.
   */
  boolean isNewerThan(FencedRow other) {
    return event.sequence() > other.event.sequence();
  }

  /**
   * The rows that one statement may write: PostgreSQL refuses to touch a row twice in one. Of
   * several rows for one object the newest stays; of equally new ones the first, as if they had
   * been written one after the other.
   */
  static List<FencedRow> newestOfEachObject(List<FencedRow> rows) {
    Map<ObjectName, FencedRow> newest = HashMap.newHashMap(rows.size());
    for (FencedRow row : rows) {
      newest.merge(row.name(), row, (held, next) -> next.isNewerThan(held) ? next : held);
    }
    return List.copyOf(newest.values());
  }
}
