package quayside.sink.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import quayside.role.Role;
import quayside.role.Roles;

/** What the catalog counts, by event type; thread-safe. */
@ApplicationScoped
class CatalogMetrics {
  private final MeterRegistry registry;
  private final Clock clock;

  CatalogMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  static void begin(@Observes StartupEvent started, Roles roles, CatalogMetrics metrics) {
    if (roles.include(Role.CATALOG)) {
      metrics.begin();
    }
  }

  // There from the start: an alert looks for an increase, which the first value of a counter is
  // not.
  void begin() {
    registry.counter("quayside.catalog.settled", "outcome", "disputed");
  }

  /** Counts a batch that is committed. */
  void record(String type, CatalogWriter.Written written) {
    count("quayside.catalog.applied", type, written.applied().size());
    count("quayside.catalog.duplicate", type, written.duplicates());
    count("quayside.catalog.stale", type, written.stale().size());
    count("quayside.catalog.contradictions", type, written.contradictions());
    Instant now = clock.instant();
    for (FencedRow row : written.applied()) {
      Timer.builder("quayside.catalog.freshness")
          .description("From the time of the event to its row")
          .tags("type", type, "ingestpath", row.event().ingestPath().value())
          .register(registry)
          .record(Duration.between(row.event().time(), now));
    }
  }

  /** Counts events that name no object. */
  void skipped(String type, int events) {
    count("quayside.catalog.skipped", type, events);
  }

  /** Counts an object that was looked at in its bucket. */
  void settled(String outcome) {
    registry.counter("quayside.catalog.settled", "outcome", outcome).increment();
  }

  private void count(String name, String type, int events) {
    registry.counter(name, "type", type).increment(events);
  }
}
