package quayside.sink.catalog;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * Forgets by age, at the start and then now and then: rows a few at a time, versions a week at
 * once. Makes the partitions of the weeks to come. Several instances may do so at the same time.
 */
@ApplicationScoped
class CatalogCleanup {
  private static final Logger LOG = Logger.getLogger(CatalogCleanup.class);
  private static final int AT_ONCE = 5000;

  private static final String EXPIRED = "quayside.catalog.expired";

  /** As long as no cleanup may succeed before versions land in the default partition. */
  private static final int WEEKS_AHEAD = 4;

  private final CatalogConfig config;
  private final AgedRows rows;
  private final VersionPartitions partitions;
  private final MeterRegistry metrics;
  private final Counter dropped;
  private final Clock clock;
  private final Roles roles;
  private volatile boolean stopping;

  CatalogCleanup(
      CatalogConfig config,
      AgedRows rows,
      VersionPartitions partitions,
      MeterRegistry metrics,
      Clock clock,
      Roles roles) {
    this.config = config;
    this.rows = rows;
    this.partitions = partitions;
    this.metrics = metrics;
    this.clock = clock;
    this.roles = roles;
    for (AgedRows.Table table : AgedRows.Table.values()) {
      Counter.builder(EXPIRED)
          .description("Rows deleted by age")
          .tag("table", table.value())
          .register(metrics);
    }
    dropped =
        Counter.builder("quayside.catalog.partitions.dropped")
            .description("Weeks of versions dropped")
            .register(metrics);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Scheduled(
      identity = "catalog-cleanup",
      every = "{quayside.catalog.cleanup-interval}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void cleanUpWhereTheCatalogIs() {
    if (roles.include(Role.CATALOG)) {
      cleanUp();
    }
  }

  /** Deletes all that is too old, and makes the partitions that are missing. */
  void cleanUp() {
    Instant now = clock.instant();
    Instant oldest = now.minus(config.historyRetention());
    try {
      delete(AgedRows.Table.INBOX, now.minus(config.inboxRetention()));
      delete(AgedRows.Table.OBJECT_VERSION_OTHER, oldest);
      delete(AgedRows.Table.RIVAL, oldest);
      delete(AgedRows.Table.RECONCILE_RUN, oldest);
      partition(VersionPartitions.week(oldest), VersionPartitions.week(now).plusWeeks(WEEKS_AHEAD));
    } catch (RuntimeException e) {
      tell(e);
    }
  }

  // There will be another time; at the end of the application, parts of it may be gone already.
  private void tell(RuntimeException failure) {
    if (DatabaseFailure.isOfDatabase(failure)) {
      LOG.warnf("catalog not cleaned up %s", CAUSE.of(DatabaseFailure.message(failure)));
    } else if (!stopping) {
      LOG.error("catalog not cleaned up for no known reason", failure);
    }
  }

  private void delete(AgedRows.Table table, Instant oldest) {
    int deleted;
    do {
      deleted = rows.deleteBefore(table, oldest, AT_ONCE);
      metrics.counter(EXPIRED, "table", table.value()).increment(deleted);
    } while (deleted == AT_ONCE && !stopping);
  }

  private void partition(LocalDate first, LocalDate last) {
    List<LocalDate> there = partitions.weeks();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusWeeks(1)) {
      if (!there.contains(week) && partitions.make(week)) {
        LOG.debugf("versions of the week from %s have a partition", week);
      }
    }
    for (LocalDate week : there) {
      if (week.isBefore(first)) {
        partitions.drop(week);
        dropped.increment();
        LOG.infof("versions of the week from %s dropped", week);
      }
    }
  }
}
