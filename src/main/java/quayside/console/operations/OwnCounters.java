package quayside.console.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import quayside.console.operations.Operations.CallbackCounts;
import quayside.console.operations.Operations.JournalState;
import quayside.console.operations.Operations.Refusals;

/**
 * What this instance's metrics say, which is all that is known of the edge outside of it.
 * Thread-safe.
 */
@ApplicationScoped
class OwnCounters {
  private static final String CALLBACKS = "quayside.callback.";
  private static final String JOURNAL = "quayside.journal.";

  private final MeterRegistry metrics;

  OwnCounters(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Empty where no callbacks are received. */
  Optional<CallbackCounts> callbacks() {
    if (metrics.find(CALLBACKS + "received").counter() == null) {
      return Optional.empty();
    }
    long published = sum(CALLBACKS + "published");
    long journalled = sum(CALLBACKS + "journalled");
    long failed = sum(CALLBACKS + "failed");
    long refused = sum(CALLBACKS + "refused");
    // Read last, so that none is decided before it is received.
    long received = sum(CALLBACKS + "received");
    long open = received - published - journalled - failed - refused;
    return Optional.of(new CallbackCounts(received, published, journalled, failed, refused, open));
  }

  /** Those that occurred, most frequent first. */
  List<Refusals> refusals() {
    return metrics.find(CALLBACKS + "refused").counters().stream()
        .filter(counter -> counter.count() > 0)
        .map(counter -> new Refusals(reason(counter), (long) counter.count()))
        .sorted(
            Comparator.comparingLong(Refusals::count).reversed().thenComparing(Refusals::reason))
        .toList();
  }

  private static String reason(Counter counter) {
    return String.valueOf(counter.getId().getTag("reason"));
  }

  /** Empty where none is kept. */
  Optional<JournalState> journal() {
    return gauge("depth")
        .map(depth ->
            new JournalState(
                depth.longValue(),
                gauge("bytes").orElse(0.0).longValue(),
                gauge("oldest.age.seconds").orElse(0.0)));
  }

  private Optional<Double> gauge(String name) {
    return Optional.ofNullable(metrics.find(JOURNAL + name).gauge())
        .map(Gauge::value)
        .filter(Double::isFinite);
  }

  private long sum(String name) {
    return (long) metrics.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }
}
