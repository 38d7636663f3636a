package quayside.sink.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.ReindexSource.Page;

/**
 * One reindex. The catalog first, when asked for; then the topics from their beginning to their
 * end; then the new index takes its place; then the topics once more, from there to where they end
 * by then: whatever a sink still wrote into the old index is on the topic before that. So nothing
 * is written twice at once and nothing is lost, on any number of instances. Every write is fenced,
 * so the order of all this does not matter. Used by one thread.
 */
final class ReindexRun {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SearchRebuild rebuild;
  private final TopicReplayConsumer topics;
  private final Optional<ReindexSource> catalog;
  private final Progress progress;
  private final CountDownLatch cancelled;
  private final Duration grace;

  /**
   * A run.
   *
   * @param grace how long a search may take: for that long the old index stays
   */
  ReindexRun(
      SearchRebuild rebuild,
      TopicReplayConsumer topics,
      Optional<ReindexSource> catalog,
      Progress progress,
      CountDownLatch cancelled,
      Duration grace) {
    this.rebuild = rebuild;
    this.topics = topics;
    this.catalog = catalog;
    this.progress = progress;
    this.cancelled = cancelled;
    this.grace = grace;
  }

  /** Keeps the status; other threads may read it. */
  @FunctionalInterface
  interface Progress {
    void update(UnaryOperator<ReindexStatus> change);
  }

  /** It was told to stop. */
  static final class CancelledException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private interface Step<T> {
    T run() throws DependencyUnavailableException;
  }

  /** Runs to the end. What is away is waited for. */
  void run() throws CancelledException {
    if (catalog.isPresent()) {
      progress.update(status -> status.phase("catalog"));
      readCatalog(catalog.get());
    }
    progress.update(status -> status.phase("topic"));
    readTopics();
    patiently(() -> {
      rebuild.swap();
      return true;
    });
    progress.update(status -> status.phase("following"));
    readTopics();
    pause(grace);
    patiently(() -> {
      rebuild.retire();
      return true;
    });
  }

  private void readCatalog(ReindexSource source) throws CancelledException {
    ReindexSource.Pages pages = patiently(source::open);
    for (Page page = patiently(pages::next); !page.isEmpty(); page = patiently(pages::next)) {
      List<Change> changes =
          Stream.of(
                  page.uploads().stream().map(EventChanges::uploaded),
                  page.thumbnails().stream().map(EventChanges::thumbnailed),
                  page.deletions().stream().map(EventChanges::deleted))
              .<Change>flatMap(changesOf -> changesOf.flatMap(Optional::stream))
              .toList();
      int rows = page.size();
      List<Outcome> outcomes = patiently(() -> rebuild.bulk(changes));
      progress.update(status -> status.advanced(status.read() + rows, 0, 0, outcomes));
    }
  }

  private void readTopics() throws CancelledException {
    patiently(topics::markEnd);
    while (patiently(topics::hasNext)) {
      TopicReplayConsumer.Batch batch = patiently(topics::poll);
      List<Outcome> outcomes = patiently(() -> rebuild.bulk(batch.changes()));
      progress.update(
          status -> status.advanced(batch.read(), batch.total(), batch.skipped(), outcomes));
    }
  }

  private <T> T patiently(Step<T> step) throws CancelledException {
    while (true) {
      if (cancelled.getCount() == 0) {
        throw new CancelledException();
      }
      try {
        return step.run();
      } catch (DependencyUnavailableException e) {
        progress.update(status -> status.waiting(String.valueOf(e.getMessage())));
        pause(PAUSE);
      }
    }
  }

  private void pause(Duration time) throws CancelledException {
    try {
      if (cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CancelledException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }
}
