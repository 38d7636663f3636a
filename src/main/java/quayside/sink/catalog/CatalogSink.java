package quayside.sink.catalog;

import static quayside.log.LogField.EVENTS;
import static quayside.log.LogField.EVENT_TYPE;
import static quayside.log.LogField.REASON;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import quayside.event.CloudEvent;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Effects;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/** Applies events of one type to one table of the catalog. Thread-safe. */
final class CatalogSink<T> implements Sink<T> {
  private static final Logger LOG = Logger.getLogger(CatalogSink.class);

  private final String type;
  private final FencedTable<T> table;
  private final Predicate<T> namesObject;
  private final CatalogWriter writer;
  private final CatalogMetrics metrics;

  /**
   * A sink.
   *
   * @param type of the events, in metrics
   * @param namesObject whether the data says which object it is about; the others are skipped
   */
  CatalogSink(
      String type,
      FencedTable<T> table,
      Predicate<T> namesObject,
      CatalogWriter writer,
      CatalogMetrics metrics) {
    this.type = type;
    this.table = table;
    this.namesObject = namesObject;
    this.writer = writer;
    this.metrics = metrics;
  }

  @Override
  public void apply(List<CloudEvent<T>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    List<FencedRow> rows = new ArrayList<>(events.size());
    for (CloudEvent<T> event : events) {
      if (namesObject.test(event.data())) {
        rows.add(table.row(event));
      }
    }
    if (!rows.isEmpty()) {
      write(rows);
    }
    int skipped = events.size() - rows.size();
    if (skipped > 0) {
      metrics.skipped(type, skipped);
      LOG.debugf(
          "skipped %s %s %s", EVENTS.of(skipped), EVENT_TYPE.of(type), REASON.of("no-object"));
    }
  }

  private void write(List<FencedRow> rows)
      throws PermanentFailureException, DependencyUnavailableException {
    try {
      CatalogWriter.Written written = writer.write(table, rows);
      metrics.record(type, written);
      tell(rows, written);
    } catch (RuntimeException e) {
      DatabaseFailure.rethrow(e);
    }
  }

  private static void tell(List<FencedRow> rows, CatalogWriter.Written written) {
    Map<FencedRow, String> outcomes = new IdentityHashMap<>();
    written.applied().forEach(row -> outcomes.put(row, "applied"));
    written.stale().forEach(row -> outcomes.put(row, "stale"));
    rows.forEach(row -> Effects.of(row.event(), outcomes.getOrDefault(row, "duplicate")));
  }
}
