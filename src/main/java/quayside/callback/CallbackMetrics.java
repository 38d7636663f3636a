package quayside.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts callbacks. Each one received is counted once more, as published, refused or failed, so
 * that received = refused + published + failed whenever none is in progress. All meters exist from
 * the start, at zero. Thread-safe.
 */
final class CallbackMetrics {
  private final Counter received;
  private final Counter published;
  private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
  private final Map<BodyDefect, Counter> defects = new EnumMap<>(BodyDefect.class);
  private final Timer answers;

  CallbackMetrics(MeterRegistry registry) {
    received =
        Counter.builder("quayside.callback.received")
            .description("Requests that reached the callback edge")
            .register(registry);
    published =
        Counter.builder("quayside.callback.published")
            .description("Callbacks whose event was acknowledged as durable")
            .register(registry);
    for (RefusalReason reason : RefusalReason.values()) {
      refused.put(reason, refusals(reason).register(registry));
    }
    for (BodyDefect defect : BodyDefect.values()) {
      defects.put(defect, defects(defect).register(registry));
    }
    answers =
        Timer.builder("quayside.callback.answer")
            .description("Time from the request line to the answer")
            .publishPercentileHistogram()
            .register(registry);
  }

  /** A request arrived; stop the sample with {@link #answered}. */
  Timer.Sample received() {
    received.increment();
    return Timer.start();
  }

  void published(Set<BodyDefect> oddities) {
    published.increment();
    oddities.forEach(defect -> of(defects, defect).increment());
  }

  void refused(RefusalReason reason) {
    of(refused, reason).increment();
  }

  void answered(Timer.Sample sample) {
    sample.stop(answers);
  }

  private static <K> Counter of(Map<K, Counter> counters, K key) {
    return Objects.requireNonNull(counters.get(key), "every constant has its counter");
  }

  private static Counter.Builder refusals(RefusalReason reason) {
    Counter.Builder counter =
        reason.isOurFailure()
            ? Counter.builder("quayside.callback.failed")
                .description("Good callbacks that did not become durable")
            : Counter.builder("quayside.callback.refused")
                .description("Requests that are no acceptable callback");
    return counter.tag("reason", reason.code());
  }

  private static Counter.Builder defects(BodyDefect defect) {
    return Counter.builder("quayside.callback.body.defects")
        .description("Oddities in the bodies of published callbacks")
        .tag("defect", defect.code());
  }
}
