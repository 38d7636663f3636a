package quayside.sink.catalog.state;

import static quayside.log.LogField.CAUSE;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.sink.Patience;
import quayside.sink.catalog.CatalogWalk;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.state.StateWriter.Written;

/**
 * Publishes the state of every object of the catalog, tombstones too: for a topic that is new in an
 * installation that is not, or that was lost. Under the same locks as the consumer, so both may
 * work at once, and no faster than told. Objects of which only thumbnails are known are left out.
 * One at a time in an instance; thread-safe.
 */
@ApplicationScoped
public class StateRepublish {
  private static final Logger LOG = Logger.getLogger(StateRepublish.class);

  /** As many as a batch of the consumer: what is in memory, and locked, at a time. */
  private static final int PAGE_SIZE = 500;

  private final StateConfig config;
  private final CatalogWalk catalog;
  private final StateWriter writer;
  private final Clock clock;
  private RepublishStatus status = RepublishStatus.NONE;
  private CountDownLatch cancelled = new CountDownLatch(1);

  StateRepublish(StateConfig config, CatalogWalk catalog, StateWriter writer, Clock clock) {
    this.config = config;
    this.catalog = catalog;
    this.writer = writer;
    this.clock = clock;
  }

  /** Why none was begun. */
  public enum Refusal {
    /** The state of objects is not published here. */
    STATE_DISABLED,
    /** One is under way in this instance. */
    REPUBLISH_UNDER_WAY
  }

  /**
   * What to publish.
   *
   * @param bucket of the objects; empty for all
   * @param prefix of their keys; may be empty
   * @param dryRun only count them
   * @param perSecond most objects a second, at least 1
   */
  public record Order(Optional<String> bucket, String prefix, boolean dryRun, int perSecond) {
    /** Checks the rate. */
    public Order {
      if (perSecond < 1) {
        throw new IllegalArgumentException("perSecond: " + perSecond + " is less than 1");
      }
    }
  }

  /** Begins one in the background; returns why not, or empty when it is under way. */
  public synchronized Optional<Refusal> start(Order order) {
    if (!config.enabled()) {
      return Optional.of(Refusal.STATE_DISABLED);
    }
    if (status.isRunning()) {
      return Optional.of(Refusal.REPUBLISH_UNDER_WAY);
    }
    status = RepublishStatus.started(order.dryRun(), clock.instant());
    CountDownLatch cancel = new CountDownLatch(1);
    cancelled = cancel;
    Thread.ofPlatform().daemon().name("state-republish").start(() -> run(order, cancel));
    return Optional.empty();
  }

  /** How far it is. */
  public synchronized RepublishStatus status() {
    return status;
  }

  /** Stops the one under way; what is published is published. */
  @PreDestroy
  public synchronized void cancel() {
    cancelled.countDown();
  }

  private void run(Order order, CountDownLatch cancel) {
    Patience patience = new Patience(cancel, this::waiting);
    try {
      if (order.bucket().isPresent()) {
        walk(order.bucket().get(), order, patience);
      } else {
        walkAll(order, patience);
      }
      end("done", null);
    } catch (InterruptedException e) {
      end("cancelled", null);
    } catch (RuntimeException e) {
      LOG.error("republish of states failed for no known reason", e);
      end("failed", e.toString());
    }
  }

  private void walkAll(Order order, Patience patience) throws InterruptedException {
    Optional<String> bucket = patience.with(() -> catalog.bucketAfter(""));
    while (bucket.isPresent()) {
      String here = bucket.get();
      walk(here, order, patience);
      bucket = patience.with(() -> catalog.bucketAfter(here));
    }
  }

  private void walk(String bucket, Order order, Patience patience) throws InterruptedException {
    int size = Math.min(PAGE_SIZE, order.perSecond());
    String after = "";
    while (true) {
      String from = after;
      List<CatalogWalk.Entry> page =
          patience.with(() -> catalog.page(bucket, order.prefix(), from, size));
      if (page.isEmpty()) {
        return;
      }
      Written written =
          order.dryRun() ? count(page) : patience.with(() -> writer.write(told(bucket, page)));
      after = page.getLast().key();
      String here = after;
      update(status -> status.advanced(bucket, here, written));
      patience.pause(Duration.ofSeconds(1).multipliedBy(page.size()).dividedBy(order.perSecond()));
    }
  }

  private static List<ToldObject> told(String bucket, List<CatalogWalk.Entry> page) {
    return page.stream()
        .map(entry -> new ToldObject(new ObjectName(bucket, entry.key()), List.of()))
        .toList();
  }

  private static Written count(List<CatalogWalk.Entry> page) {
    int tombstones = (int) page.stream().filter(CatalogWalk.Entry::isDeleted).count();
    return new Written(page.size() - tombstones, tombstones, 0);
  }

  private void waiting(String problem) {
    LOG.warnf("republish of states waits %s", CAUSE.of(problem));
    update(status -> status.waiting(problem));
  }

  private void end(String state, @Nullable String problem) {
    update(status -> status.ended(state, problem, clock.instant()));
    RepublishStatus ended = status();
    LOG.infof(
        "republish of states %s: %d published, %d tombstones, %d skipped",
        state, ended.published(), ended.tombstones(), ended.skipped());
  }

  private synchronized void update(UnaryOperator<RepublishStatus> change) {
    status = change.apply(status);
  }
}
