package quayside.sink.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import quayside.event.CloudEvent;

/** What search counts. Thread-safe. */
@ApplicationScoped
class SearchMetrics {
  // From a good day to one on which people ask what is wrong.
  private static final Duration[] FRESHNESS_BUCKETS = {
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(1_500), Duration.ofSeconds(3), Duration.ofSeconds(10),
    Duration.ofMinutes(1), Duration.ofMinutes(10)
  };

  private final MeterRegistry registry;
  private final Clock clock;

  SearchMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** An event changed the index. */
  void applied(String type, CloudEvent<?> event) {
    registry.counter("quayside.search.applied", "type", type).increment();
    Timer.builder("quayside.search.freshness")
        .description("From the receipt of an upload to its being found")
        .serviceLevelObjectives(FRESHNESS_BUCKETS)
        .tags("type", type, "ingestpath", event.ingestPath().value())
        .register(registry)
        .record(Duration.between(event.recordedTime(), clock.instant()));
  }

  /** The index held this event or a newer one. */
  void stale(String type) {
    registry.counter("quayside.search.stale", "type", type).increment();
  }

  /** An event names no object. */
  void skipped(String type) {
    registry.counter("quayside.search.skipped", "type", type).increment();
  }

  /** A search was not answered. */
  void refused(SearchRefusal refusal) {
    registry.counter("quayside.search.refused", "reason", refusal.reason()).increment();
  }
}
