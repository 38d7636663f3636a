package quayside.operate.reconcile.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries the tally of a run into counters, as far as it has grown. For one thread. */
final class ReconcileMetrics {
  private static final String OBJECTS = "quayside.reconcile.objects";
  private static final String RUNS = "quayside.reconcile.runs";

  private final MeterRegistry registry;
  private final Tally tally;
  private final Map<String, Long> counted = new HashMap<>();

  ReconcileMetrics(MeterRegistry registry, Tally tally) {
    this.registry = registry;
    this.tally = tally;
    counted.putAll(tally.snapshot());
  }

  /** The meters, before the first run. */
  static void atZero(MeterRegistry registry) {
    atZero(registry, "compared");
    for (Difference.Kind kind : Difference.Kind.values()) {
      atZero(registry, kind.code());
    }
    for (Repair.Outcome outcome : Repair.Outcome.values()) {
      atZero(registry, outcome.code());
    }
    for (String state : List.of("done", "failed", "stopped")) {
      Counter.builder(RUNS)
          .description("Comparisons of a bucket with the catalog that ended")
          .tag("state", state)
          .register(registry);
    }
  }

  private static void atZero(MeterRegistry registry, String what) {
    Counter.builder(OBJECTS)
        .description("Objects compared, differences, and what became of them")
        .tag("what", what)
        .register(registry);
  }

  /** A run ended. */
  static void ended(MeterRegistry registry, String state) {
    registry.counter(RUNS, "state", state).increment();
  }

  /** Counts what has been added since the last time. */
  void update() {
    tally
        .snapshot()
        .forEach((name, now) -> {
          long before = counted.getOrDefault(name, 0L);
          registry.counter(OBJECTS, "what", name).increment(now - before);
          counted.put(name, now);
        });
  }
}
