package quayside.sink.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import quayside.event.CloudEvent;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Freshness;

/** What search counts. The meters exist from the start, at zero. Thread-safe. */
@ApplicationScoped
class SearchMetrics {
  private static final String APPLIED = "quayside.search.applied";
  private static final String STALE = "quayside.search.stale";
  private static final String SKIPPED = "quayside.search.skipped";
  private static final String REFUSED = "quayside.search.refused";
  private static final String REINDEXES = "quayside.search.reindexes";
  private static final String[] TYPES = {"uploaded", "thumbnailed", "deleted"};

  private final MeterRegistry registry;
  private final Freshness freshness;
  private final Clock clock;

  SearchMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.freshness =
        new Freshness(
            registry,
            "quayside.search.freshness",
            "From the receipt of an event to its being found",
            TYPES);
    for (String type : TYPES) {
      atZero(APPLIED, "Events that changed the index", "type", type);
      atZero(STALE, "Events of which the index held this or a newer one", "type", type);
      atZero(SKIPPED, "Events that name no object", "type", type);
    }
    for (SearchRefusal refusal : SearchRefusal.values()) {
      atZero(REFUSED, "Searches that were not answered", "reason", refusal.reason());
    }
    for (String outcome : List.of("done", "failed", "cancelled")) {
      atZero(REINDEXES, "Indexes built anew", "outcome", outcome);
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, SearchMetrics metrics) {
    if (roles.includeAny(Role.SEARCH, Role.API)) {
      metrics.begin();
    }
  }

  void begin() {}

  /** An event changed the index. */
  void applied(String type, CloudEvent<?> event) {
    registry.counter(APPLIED, "type", type).increment();
    freshness.applied(type, event, event.recordedTime(), clock.instant());
  }

  /** The index held this event or a newer one. */
  void stale(String type) {
    registry.counter(STALE, "type", type).increment();
  }

  /** An event names no object. */
  void skipped(String type) {
    registry.counter(SKIPPED, "type", type).increment();
  }

  /** A search was not answered. */
  void refused(SearchRefusal refusal) {
    registry.counter(REFUSED, "reason", refusal.reason()).increment();
  }

  /** An index was built anew, or was to be. */
  void reindexed(String outcome) {
    registry.counter(REINDEXES, "outcome", outcome).increment();
  }

  private void atZero(String name, String description, String... tags) {
    Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
