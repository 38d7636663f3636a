package quayside.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts callbacks. Each one received is counted once more, as published, journalled, refused or
 * failed, so that received = refused + published + journalled + failed whenever none is in
 * progress. All meters exist from the start, at zero. Thread-safe.
 */
final class CallbackMetrics {
  // From an answer by Kafka at rest, over the objective (250 ms, deploy/alerts/slo.rules.yml) and
  // the publish timeout, after which the journal is asked, to the whole budget and OSS' patience.
  private static final Duration[] ANSWER_BOUNDS = {
    Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
    Duration.ofMillis(1_500), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5)
  };

  private final Counter received;
  private final Map<Durability, Counter> durable = new EnumMap<>(Durability.class);
  private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
  private final Map<BodyDefect, Counter> defects = new EnumMap<>(BodyDefect.class);
  private final Map<Outcome, Timer> answers = new EnumMap<>(Outcome.class);

  CallbackMetrics(MeterRegistry registry) {
    received =
        Counter.builder("quayside.callback.received")
            .description("Requests that reached the callback edge")
            .register(registry);
    durable.put(
        Durability.PUBLISHED,
        Counter.builder("quayside.callback.published")
            .description("Callbacks whose event Kafka acknowledged")
            .register(registry));
    durable.put(
        Durability.JOURNALLED,
        Counter.builder("quayside.callback.journalled")
            .description("Callbacks whose event is in the journal, to be published later")
            .register(registry));
    for (RefusalReason reason : RefusalReason.values()) {
      refused.put(reason, refusals(reason).register(registry));
    }
    for (BodyDefect defect : BodyDefect.values()) {
      defects.put(defect, defects(defect).register(registry));
    }
    for (Outcome outcome : Outcome.values()) {
      answers.put(outcome, answers(outcome).register(registry));
    }
  }

  /** What callbacks are told, as far as it matters for the time it takes. */
  private enum Outcome {
    /** Good callbacks: the only ones whose time is all ours. */
    ACCEPTED,
    /** No acceptable callbacks; some are waited for until their body is overdue. */
    REFUSED,
    /** Good callbacks that did not become durable. */
    FAILED;

    static Outcome of(int status) {
      return status < 300 ? ACCEPTED : status < 500 ? REFUSED : FAILED;
    }
  }

  /** A request arrived; stop the sample with {@link #answered}. */
  Timer.Sample received() {
    received.increment();
    return Timer.start();
  }

  void accepted(Durability how, Set<BodyDefect> oddities) {
    of(durable, how).increment();
    oddities.forEach(defect -> of(defects, defect).increment());
  }

  void refused(RefusalReason reason) {
    of(refused, reason).increment();
  }

  void answered(Timer.Sample sample, int status) {
    sample.stop(of(answers, Outcome.of(status)));
  }

  private static <K, M> M of(Map<K, M> meters, K key) {
    return Objects.requireNonNull(meters.get(key), "every constant has its meter");
  }

  private static Timer.Builder answers(Outcome outcome) {
    return Timer.builder("quayside.callback.answer")
        .description("Time from the request line to the answer")
        .serviceLevelObjectives(ANSWER_BOUNDS)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT));
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
