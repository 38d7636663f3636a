package quayside.sink.catalog.state;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What is counted of states; thread-safe. */
@ApplicationScoped
class StateMetrics {
  private final MeterRegistry registry;
  private final Clock clock;

  StateMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Counts states and tombstones that Kafka has acknowledged. */
  void published(int states, int tombstones) {
    registry.counter("quayside.state.published").increment(states);
    registry.counter("quayside.state.tombstones").increment(tombstones);
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
    registry.counter("quayside.state.skipped", "reason", reason).increment(count);
  }

  /** Counts an event whose state is published, by the time when Kafka got the event. */
  void fresh(Instant published) {
    Timer.builder("quayside.state.freshness")
        .description("From an event's record to the record of the state that has it")
        .register(registry)
        .record(Duration.between(published, clock.instant()));
  }
}
