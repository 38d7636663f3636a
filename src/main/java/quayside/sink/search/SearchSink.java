package quayside.sink.search;

import static quayside.log.LogField.EVENT_ID;
import static quayside.log.LogField.EVENT_TYPE;
import static quayside.log.LogField.REASON;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Effects;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/**
 * Writes events of one type into the index. Events that name no object are skipped and counted.
 * Thread-safe.
 *
 * @param <T> the data of the events
 */
final class SearchSink<T> implements Sink<T> {
  private static final Logger LOG = Logger.getLogger(SearchSink.class);

  private final String type;
  private final Function<CloudEvent<T>, Optional<Change>> translation;
  private final SearchIndex index;
  private final SearchMetrics metrics;

  private SearchSink(
      String type,
      Function<CloudEvent<T>, Optional<Change>> translation,
      SearchIndex index,
      SearchMetrics metrics) {
    this.type = type;
    this.translation = translation;
    this.index = index;
    this.metrics = metrics;
  }

  /** The sink of uploads. */
  static SearchSink<ObjectUploaded> uploaded(SearchIndex index, SearchMetrics metrics) {
    return new SearchSink<>("uploaded", EventChanges::uploaded, index, metrics);
  }

  /** The sink of thumbnails. */
  static SearchSink<ObjectThumbnailed> thumbnailed(SearchIndex index, SearchMetrics metrics) {
    return new SearchSink<>("thumbnailed", EventChanges::thumbnailed, index, metrics);
  }

  /** The sink of deletions. */
  static SearchSink<ObjectDeleted> deleted(SearchIndex index, SearchMetrics metrics) {
    return new SearchSink<>("deleted", EventChanges::deleted, index, metrics);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What cannot be indexed is recognised before anything is written, as far as that is possible.
   * What only the engine refuses leaves the others of the batch applied, which is harmless: they
   * come again.
   */
  @Override
  public void apply(List<CloudEvent<T>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    List<CloudEvent<T>> indexed = new ArrayList<>(events.size());
    List<Change> changes = new ArrayList<>(events.size());
    for (CloudEvent<T> event : events) {
      Optional<Change> change = translation.apply(event);
      if (change.isPresent()) {
        failIfPresent(Unindexable.reason(change.get()));
        indexed.add(event);
        changes.add(change.get());
      }
    }
    List<Outcome> outcomes = changes.isEmpty() ? List.of() : index.bulk(changes);
    for (int i = 0; i < outcomes.size(); i++) {
      count(indexed.get(i), outcomes.get(i));
    }
    skipped(events.size() - indexed.size());
    for (Outcome outcome : outcomes) {
      failIfPresent(failure(outcome));
    }
  }

  private void count(CloudEvent<T> event, Outcome outcome) {
    switch (outcome) {
      case Outcome.Applied applied -> {
        metrics.applied(type, event);
        Effects.of(event, "applied");
      }
      case Outcome.Stale stale -> {
        metrics.stale(type);
        Effects.of(event, "stale");
      }
      case Outcome.Failed failed ->
          LOG.debugf(
              "not indexed %s %s %s",
              EVENT_ID.of(event.id()), EVENT_TYPE.of(type), REASON.of(failed.code()));
    }
  }

  private void skipped(int events) {
    for (int i = 0; i < events; i++) {
      metrics.skipped(type);
    }
  }

  private static Optional<Outcome.Failed> failure(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? Optional.of(failed) : Optional.empty();
  }

  private static void failIfPresent(Optional<Outcome.Failed> failed)
      throws PermanentFailureException {
    if (failed.isPresent()) {
      throw new PermanentFailureException(failed.get().code(), failed.get().message());
    }
  }
}
