package quayside.sink.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import quayside.sink.Patience;
import quayside.sink.search.ReindexSource.Page;

/**
 * One reindex. The catalog first, when asked for; then the topics from their beginning to their
 * end; then the new index takes its place; then the topics once more, from there to where they end
 * by then: whatever a sink still wrote into the old index is on the topic before that. So nothing
 * is written twice at once and nothing is lost, on any number of instances. Every write is fenced,
 * so the order of all this does not matter. Used by one thread.
 */
final class ReindexRun {
  private final SearchRebuild rebuild;
  private final TopicReplayConsumer topics;
  private final Optional<ReindexSource> catalog;
  private final Progress progress;
  private final Patience patience;
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
    this.patience =
        new Patience(cancelled, problem -> progress.update(status -> status.waiting(problem)));
    this.grace = grace;
  }

  /** Keeps the status; other threads may read it. */
  @FunctionalInterface
  interface Progress {
    void update(UnaryOperator<ReindexStatus> change);
  }

  /**
   * Runs to the end. What is away is waited for.
   *
   * @throws InterruptedException when told to stop
   */
  void run() throws InterruptedException {
    if (catalog.isPresent()) {
      progress.update(status -> status.phase("catalog"));
      readCatalog(catalog.get());
    }
    progress.update(status -> status.phase("topic"));
    readTopics();
    patience.with(() -> {
      rebuild.swap();
      return true;
    });
    progress.update(status -> status.phase("following"));
    readTopics();
    patience.pause(grace);
    patience.with(() -> {
      rebuild.retire();
      return true;
    });
  }

  private void readCatalog(ReindexSource source) throws InterruptedException {
    ReindexSource.Pages pages = patience.with(source::open);
    for (Page page = patience.with(pages::next);
        !page.isEmpty();
        page = patience.with(pages::next)) {
      List<Change> changes =
          Stream.of(
                  page.uploads().stream().map(EventChanges::uploaded),
                  page.thumbnails().stream().map(EventChanges::thumbnailed),
                  page.deletions().stream().map(EventChanges::deleted))
              .<Change>flatMap(changesOf -> changesOf.flatMap(Optional::stream))
              .toList();
      int rows = page.size();
      List<Outcome> outcomes = patience.with(() -> rebuild.bulk(changes));
      progress.update(status -> status.advanced(status.read() + rows, 0, 0, outcomes));
    }
  }

  private void readTopics() throws InterruptedException {
    patience.with(topics::markEnd);
    while (patience.with(topics::hasNext)) {
      TopicReplayConsumer.Batch batch = patience.with(topics::poll);
      List<Outcome> outcomes = patience.with(() -> rebuild.bulk(batch.changes()));
      progress.update(
          status -> status.advanced(batch.read(), batch.total(), batch.skipped(), outcomes));
    }
  }
}
