package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The edge's counters at one moment. */
record CallbackCounts(
    MeterRegistry registry, double received, double published, double refused, double failed) {

  static CallbackCounts of(MeterRegistry registry) {
    return new CallbackCounts(
        registry,
        sum(registry, "quayside.callback.received"),
        sum(registry, "quayside.callback.published"),
        sum(registry, "quayside.callback.refused"),
        sum(registry, "quayside.callback.failed"));
  }

  static double of(MeterRegistry registry, RefusalReason reason) {
    String name = reason.isOurFailure() ? "quayside.callback.failed" : "quayside.callback.refused";
    return registry.get(name).tag("reason", reason.code()).counter().count();
  }

  static double of(MeterRegistry registry, BodyDefect defect) {
    return registry
        .get("quayside.callback.body.defects")
        .tag("defect", defect.code())
        .counter()
        .count();
  }

  /** Nothing gets lost and nothing is counted twice. */
  void assertConserved() {
    assertThat(received).isEqualTo(published + refused + failed);
  }

  private static double sum(MeterRegistry registry, String name) {
    return registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }
}
