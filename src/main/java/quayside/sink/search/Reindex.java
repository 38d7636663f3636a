package quayside.sink.search;

import static quayside.log.LogField.CAUSE;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.EventCodec;
import quayside.sink.DependencyUnavailableException;

/**
 * Builds the index anew while the service goes on, and says how far it is. At most one at a time,
 * over all instances: the engine itself knows of the one under way. One that was interrupted is
 * begun again with {@code restart}. Thread-safe.
 */
@ApplicationScoped
public class Reindex {
  private static final Logger LOG = Logger.getLogger(Reindex.class);

  private final SearchIndex index;
  private final SearchConfig config;
  private final SearchTopicsConfig topics;
  private final Map<String, Object> kafka;
  private final Instance<ReindexSource> catalog;
  private final SearchMetrics metrics;
  private final Clock clock;
  private ReindexStatus status = ReindexStatus.NONE;
  private CountDownLatch cancelled = new CountDownLatch(1);

  Reindex(
      SearchIndex index,
      SearchConfig config,
      SearchTopicsConfig topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Instance<ReindexSource> catalog,
      SearchMetrics metrics,
      Clock clock) {
    this.index = index;
    this.config = config;
    this.topics = topics;
    this.kafka = kafka;
    this.catalog = catalog;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Where events come from. */
  public enum Source {
    /** The topics alone: all there is, when they keep events for long enough. */
    TOPIC,
    /** The catalog, and then the topics. */
    CATALOG
  }

  /** Why none was begun. */
  public enum Refusal {
    /** One is under way, here or elsewhere, or was left unfinished. */
    REINDEX_UNDER_WAY,
    /** This service has no catalog. */
    NO_CATALOG
  }

  /**
   * Begins one, in the background.
   *
   * @param restart deletes what an earlier one, which must not run any more, left behind
   * @return why not, or empty when it is under way
   * @throws DependencyUnavailableException when the index does not answer
   */
  public synchronized Optional<Refusal> start(Source source, boolean restart)
      throws DependencyUnavailableException {
    if (status.isRunning()) {
      return Optional.of(Refusal.REINDEX_UNDER_WAY);
    }
    if (source == Source.CATALOG && catalog.isUnsatisfied()) {
      return Optional.of(Refusal.NO_CATALOG);
    }
    Optional<SearchRebuild> rebuild = index.rebuild(restart);
    if (rebuild.isEmpty()) {
      return Optional.of(Refusal.REINDEX_UNDER_WAY);
    }
    status = ReindexStatus.started(tag(source), clock.instant());
    CountDownLatch cancel = new CountDownLatch(1);
    cancelled = cancel;
    Thread.ofPlatform().daemon().name("reindex").start(() -> run(rebuild.get(), source, cancel));
    return Optional.empty();
  }

  /** How far it is. */
  public synchronized ReindexStatus status() {
    return status;
  }

  /** Stops the one under way, if there is one here; what it built is deleted. */
  @PreDestroy
  public synchronized void cancel() {
    cancelled.countDown();
  }

  private void run(SearchRebuild rebuild, Source source, CountDownLatch cancel) {
    LOG.infof("reindex from the %s begins", tag(source));
    try (TopicReplayConsumer consumer = consumer()) {
      Optional<ReindexSource> first =
          source == Source.CATALOG ? Optional.of(catalog.get()) : Optional.empty();
      new ReindexRun(
              rebuild, consumer, first, this::update, cancel, config.timeout().multipliedBy(2))
          .run();
      end("done", null);
    } catch (InterruptedException e) {
      discard(rebuild);
      end("cancelled", null);
    } catch (RuntimeException e) {
      LOG.error("reindex failed for no known reason", e);
      discard(rebuild);
      end("failed", e.toString());
    }
  }

  private TopicReplayConsumer consumer() {
    return new TopicReplayConsumer(kafka)
        .with(topics.objectUploaded(), EventCodec.objectUploaded(), EventChanges::uploaded)
        .with(topics.objectThumbnailed(), EventCodec.objectThumbnailed(), EventChanges::thumbnailed)
        .with(topics.objectDeleted(), EventCodec.objectDeleted(), EventChanges::deleted);
  }

  private void discard(SearchRebuild rebuild) {
    try {
      rebuild.discard();
    } catch (DependencyUnavailableException e) {
      LOG.warnf("what a reindex built stays until the next %s", CAUSE.of(e.getMessage()));
    }
  }

  private void end(String state, @Nullable String problem) {
    update(status -> status.ended(state, problem, clock.instant()));
    metrics.reindexed(state);
    ReindexStatus ended = status();
    LOG.infof(
        "reindex %s: %d read, %d applied, %d stale, %d skipped, %d failed",
        state, ended.read(), ended.applied(), ended.stale(), ended.skipped(), ended.failed());
  }

  private synchronized void update(UnaryOperator<ReindexStatus> change) {
    status = change.apply(status);
  }

  private static String tag(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
