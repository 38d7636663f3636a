package quayside.operate.reconcile.run;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Carries a tally into counters, as far as it has grown. For one thread. */
final class ReconcileMetrics {
  private final MeterRegistry registry;
  private final Tally tally;
  private final Map<String, Long> counted = new HashMap<>();

  ReconcileMetrics(MeterRegistry registry, Tally tally) {
    this.registry = registry;
    this.tally = tally;
    counted.putAll(tally.snapshot());
  }

  /** Counts what has been added since the last time. */
  void update() {
    tally
        .snapshot()
        .forEach((name, now) -> {
          long before = counted.getOrDefault(name, 0L);
          registry.counter("quayside.reconcile.objects", "what", name).increment(now - before);
          counted.put(name, now);
        });
  }
}
