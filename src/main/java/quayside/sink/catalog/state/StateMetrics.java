package quayside.sink.catalog.state;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Freshness;

/** What is counted of states. The meters exist from the start, at zero. Thread-safe. */
@ApplicationScoped
class StateMetrics {
  private static final String SKIPPED = "quayside.state.skipped";
  private static final List<String> REASONS =
      List.of(
          "no-object",
          "not-storable",
          "invalid-event",
          "unknown-object",
          "too-large",
          "unexpected-error");

  private final MeterRegistry registry;
  private final Counter states;
  private final Counter tombstones;
  private final Timer freshness;
  private final Clock clock;

  StateMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.states =
        Counter.builder("quayside.state.published")
            .description("States of objects that Kafka has acknowledged")
            .register(registry);
    this.tombstones =
        Counter.builder("quayside.state.tombstones")
            .description("States of objects that are gone")
            .register(registry);
    this.freshness =
        Freshness.timer(
                "quayside.state.freshness",
                "From an event's record to the record of the state that has it")
            .register(registry);
    for (String reason : REASONS) {
      Counter.builder(SKIPPED)
          .description("Records and objects that no state is told of")
          .tag("reason", reason)
          .register(registry);
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, StateMetrics metrics) {
    if (roles.include(Role.STATE)) {
      metrics.begin();
    }
  }

  void begin() {}

  /** Counts states and tombstones that Kafka has acknowledged. */
  void published(int states, int tombstones) {
    this.states.increment(states);
    this.tombstones.increment(tombstones);
  }

  /**
   * Counts what was passed over.
   *
   * @param reason {@code no-object} (a record about none), {@code not-storable} (the catalog never
   *     has one of this name), {@code invalid-event} (set aside by the catalog, and unreadable),
   *     {@code unknown-object} (nothing is known of it), {@code too-large} (for a record), {@code
   *     unexpected-error}
   */
  void skipped(String reason, int count) {
    registry.counter(SKIPPED, "reason", reason).increment(count);
  }

  /** Counts an event whose state is published, by the time when Kafka got the event. */
  void fresh(Instant published) {
    freshness.record(Duration.between(published, clock.instant()));
  }
}
