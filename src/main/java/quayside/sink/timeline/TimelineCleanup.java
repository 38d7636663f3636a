package quayside.sink.timeline;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;

/**
 * Deletes what is older than the retention, now and then, a few rows at a time. Several instances
 * do not wait for each other.
 */
@ApplicationScoped
class TimelineCleanup {
  private static final Logger LOG = Logger.getLogger(TimelineCleanup.class);
  private static final int AT_ONCE = 5000;

  private final TimelineConfig config;
  private final TimelineStore store;
  private final Counter deletions;
  private final Clock clock;
  private final Roles roles;
  private volatile boolean stopping;

  TimelineCleanup(
      TimelineConfig config, TimelineStore store, MeterRegistry metrics, Clock clock, Roles roles) {
    this.config = config;
    this.store = store;
    this.deletions =
        Counter.builder("quayside.timeline.deleted")
            .description("Entries deleted by age")
            .register(metrics);
    this.clock = clock;
    this.roles = roles;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Scheduled(
      identity = "timeline-cleanup",
      every = "{quayside.timeline.cleanup-interval}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void cleanUpWhenEnabled() {
    if (config.enabled() && roles.include(Role.TIMELINE)) {
      cleanUp();
    }
  }

  /** Deletes all that is too old. */
  void cleanUp() {
    Instant oldest = clock.instant().minus(config.retention());
    try {
      int deleted;
      do {
        deleted = store.deleteBefore(oldest, AT_ONCE);
        deletions.increment(deleted);
      } while (deleted == AT_ONCE && !stopping);
    } catch (DependencyUnavailableException e) {
      LOG.warnf("timeline not cleaned up %s", CAUSE.of(e.getMessage()));
    }
  }
}
