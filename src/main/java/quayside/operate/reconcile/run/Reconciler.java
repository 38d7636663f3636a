package quayside.operate.reconcile.run;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.oss.ObjectStore;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObservedEvents;
import quayside.sink.catalog.CatalogWalk;
import quayside.sink.catalog.RunLog;
import quayside.sink.catalog.RunLog.Run;
import quayside.sink.search.IndexedVersions;

/** Runs comparisons, one at a time over all instances. Thread-safe. */
@ApplicationScoped
class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);

  private final ReconcileConfig config;
  private final ObjectStore store;
  private final CatalogWalk catalog;
  private final IndexedVersions index;
  private final ObservedEvents events;
  private final RunLog runs;
  private final MeterRegistry metrics;
  private final Clock clock;
  private volatile boolean stopping;

  Reconciler(
      ReconcileConfig config,
      ObjectStore store,
      CatalogWalk catalog,
      IndexedVersions index,
      ObservedEvents events,
      RunLog runs,
      MeterRegistry metrics,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.catalog = catalog;
    this.index = index;
    this.events = events;
    this.runs = runs;
    this.metrics = metrics;
    this.clock = clock;
    ReconcileMetrics.atZero(metrics);
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, Reconciler reconciler) {
    if (roles.include(Role.CATALOG)) {
      reconciler.begin();
    }
  }

  void begin() {}

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /**
   * Begins a run, or goes on with one, in a thread of its own.
   *
   * @return empty when one is under way already
   * @throws IllegalArgumentException when the inventory cannot be one
   */
  Optional<Run> start(ReconcileRequest request) throws DependencyUnavailableException {
    Inventories.check(request.inventory(), config.inventoryDirectory());
    int rate = request.rate() == null ? config.rate() : request.rate();
    Optional<Run> earlier =
        request.resume()
            ? runs.resumable(
                request.bucket(), request.prefixOrAll(), request.source(), request.dryRun())
            : Optional.empty();
    Run run = earlier.isPresent() ? earlier.get() : fresh(request, rate);
    boolean alone = earlier.isPresent() ? runs.resume(run.id(), rate) : runs.begin(run);
    if (!alone) {
      return Optional.empty();
    }
    Thread thread =
        Thread.ofVirtual().name("reconcile-" + run.id()).start(() -> work(run, request, rate));
    LOG.debugf("%s begins", thread.getName());
    return runs.find(run.id());
  }

  /** A run, finished or not. */
  Optional<Run> find(UUID id) throws DependencyUnavailableException {
    return runs.find(id);
  }

  /**
   * Tells a run to stop. It ends within seconds, at its next checkpoint, and can be resumed.
   *
   * @return the run, or empty when there is none of this id
   */
  Optional<Run> stop(UUID id) throws DependencyUnavailableException {
    runs.stop(id);
    return runs.find(id);
  }

  private Run fresh(ReconcileRequest request, int rate) throws DependencyUnavailableException {
    long expected = catalog.count(request.bucket(), request.prefixOrAll());
    return new Run(
        UUID.randomUUID(),
        request.bucket(),
        request.prefixOrAll(),
        request.source(),
        request.dryRun(),
        rate,
        "running",
        "",
        expected,
        "{}",
        "[]",
        null);
  }

  private void work(Run run, ReconcileRequest request, int rate) {
    String state = "failed";
    String error = null;
    try {
      state = compare(run, request, rate) ? "done" : "stopped";
    } catch (InterruptedException e) {
      state = "stopped";
    } catch (SourceException | DependencyUnavailableException e) {
      error = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "reconcile failed for no known reason %s", BUCKET.of(run.bucket()));
      error = e.toString();
    }
    finish(run, state, error);
  }

  private void finish(Run run, String state, @Nullable String error) {
    ReconcileMetrics.ended(metrics, state);
    LOG.infof(
        "reconcile ended %s %s %s", BUCKET.of(run.bucket()), REASON.of(state), CAUSE.of(error));
    try {
      runs.finish(run.id(), state, error);
    } catch (DependencyUnavailableException e) {
      LOG.warnf("reconcile cannot say that it ended %s", CAUSE.of(e.getMessage()));
    }
  }

  private boolean compare(Run run, ReconcileRequest request, int rate)
      throws SourceException, DependencyUnavailableException, InterruptedException {
    Tally tally = new Tally(config.samples(), run.counts(), run.samples());
    try (BucketSource source = source(run)) {
      CatalogCursor cursor =
          new CatalogCursor(
              (after, limit) -> catalog.page(run.bucket(), run.prefix(), after, limit),
              keys -> index.of(run.bucket(), keys),
              run.lastKey());
      Comparison comparison =
          new Comparison(
              source, cursor, config.excludedPrefixes(), request.wantsThumbnails(), config.grace());
      Repair repair = run.dryRun() ? null : new Repair(run.bucket(), store, catalog, events, clock);
      ReconcileMetrics counted = new ReconcileMetrics(metrics, tally);
      return new ReconcileRun(
              comparison,
              repair,
              tally,
              new Pace(rate),
              lastKey -> {
                counted.update();
                return runs.checkpoint(run.id(), lastKey, tally.counts(), tally.samples())
                    && !stopping;
              },
              config.parallelism())
          .run();
    }
  }

  private BucketSource source(Run run) throws SourceException {
    return run.source().equals("listing")
        ? new ListingSource(store, run.bucket(), run.prefix(), run.lastKey(), clock.instant())
        : Inventories.open(run, store, config.inventoryDirectory());
  }
}
