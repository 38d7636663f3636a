package quayside.sink.catalog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Freshness;

/**
 * What the catalog counts, by event type. In its role the meters exist from the start: an alert
 * looks for an increase, which the first value of a counter is not. Thread-safe.
 */
@ApplicationScoped
class CatalogMetrics {
  private static final String APPLIED = "quayside.catalog.applied";
  private static final String DUPLICATE = "quayside.catalog.duplicate";
  private static final String STALE = "quayside.catalog.stale";
  private static final String SKIPPED = "quayside.catalog.skipped";
  private static final String CONTRADICTIONS = "quayside.catalog.contradictions";
  private static final String SETTLED = "quayside.catalog.settled";
  private static final String[] TYPES = {"uploaded", "thumbnailed", "deleted"};
  private static final List<String> OUTCOMES =
      List.of(
          "confirmed",
          "overturned",
          "observed",
          "gone",
          "stillgone",
          "disputed",
          "unknown",
          "refused",
          "no-bucket");

  private final MeterRegistry registry;
  private final Freshness freshness;
  private final Clock clock;

  CatalogMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.freshness =
        new Freshness(
            registry, "quayside.catalog.freshness", "From the time of the event to its row", TYPES);
    for (String type : TYPES) {
      atZero(APPLIED, "Events that changed the catalog", "type", type);
      atZero(DUPLICATE, "Events that came once more", "type", type);
      atZero(STALE, "Events older than what the catalog holds", "type", type);
      atZero(SKIPPED, "Events that name no object", "type", type);
      atZero(CONTRADICTIONS, "Objects of which events contradict one another", "type", type);
    }
    for (String outcome : OUTCOMES) {
      atZero(SETTLED, "Objects looked at in their bucket", "outcome", outcome);
    }
  }

  static void begin(@Observes StartupEvent started, Roles roles, CatalogMetrics metrics) {
    if (roles.include(Role.CATALOG)) {
      metrics.begin();
    }
  }

  void begin() {}

  /** Counts a batch that is committed. */
  void record(String type, CatalogWriter.Written written) {
    count(APPLIED, type, written.applied().size());
    count(DUPLICATE, type, written.duplicates());
    count(STALE, type, written.stale().size());
    count(CONTRADICTIONS, type, written.contradictions());
    Instant now = clock.instant();
    for (FencedRow row : written.applied()) {
      freshness.applied(type, row.event(), row.event().time(), now);
    }
  }

  /** Counts events that name no object. */
  void skipped(String type, int events) {
    count(SKIPPED, type, events);
  }

  /** Counts an object that was looked at in its bucket. */
  void settled(String outcome) {
    registry.counter(SETTLED, "outcome", outcome).increment();
  }

  private void atZero(String name, String description, String... tags) {
    Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private void count(String name, String type, int events) {
    registry.counter(name, "type", type).increment(events);
  }
}
