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
  private final List<FencedTable<T>> companions;

  /**
   * A sink.
   *
   * @param type of the events, in metrics
   * @param namesObject whether the data says which object it is about; the others are skipped
   * @param companions tables that the same events are written into as well, fenced each by itself
   */
  @SafeVarargs
  CatalogSink(
      String type,
      FencedTable<T> table,
      Predicate<T> namesObject,
      CatalogWriter writer,
      CatalogMetrics metrics,
      FencedTable<T>... companions) {
    this.type = type;
    this.table = table;
    this.namesObject = namesObject;
    this.writer = writer;
    this.metrics = metrics;
    this.companions = List.of(companions);
  }

  @Override
  public void apply(List<CloudEvent<T>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    List<CloudEvent<T>> named =
        events.stream().filter(event -> namesObject.test(event.data())).toList();
    if (!named.isEmpty()) {
      write(named);
    }
    int skipped = events.size() - named.size();
    if (skipped > 0) {
      metrics.skipped(type, skipped);
      LOG.debugf(
          "skipped %s %s %s", EVENTS.of(skipped), EVENT_TYPE.of(type), REASON.of("no-object"));
    }
  }

  private void write(List<CloudEvent<T>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    FencedBatch batch = FencedBatch.of(table, events);
    List<FencedBatch> others = new ArrayList<>(companions.size());
    for (FencedTable<T> companion : companions) {
      others.add(FencedBatch.of(companion, events));
    }
    try {
      CatalogWriter.Written written = writer.write(batch, others);
      metrics.record(type, written);
      tell(batch.rows(), written);
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
