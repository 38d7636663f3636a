package quayside.operate.reconcile.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Carries a tally into counters, as far as it has grown. For one thread. */
final class ReconcileMetrics {
  private static final JsonMapper JSON = new JsonMapper();

  private final MeterRegistry registry;
  private final Tally tally;
  private final Map<String, Long> counted = new HashMap<>();

  ReconcileMetrics(MeterRegistry registry, Tally tally) {
    this.registry = registry;
    this.tally = tally;
    read().forEach(counted::put);
  }

  /** Counts what has been added since the last time. */
  void update() {
    read()
        .forEach((name, now) -> {
          long before = counted.getOrDefault(name, 0L);
          registry.counter("quayside.reconcile.objects", "what", name).increment(now - before);
          counted.put(name, now);
        });
  }

  private Map<String, Long> read() {
    Map<String, Long> counts = new HashMap<>();
    try {
      JSON.readTree(tally.counts())
          .properties()
          .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return counts;
  }
}
