package quayside.operate.redrive.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.DeadLetterPage;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.Position;
import quayside.operate.redrive.RedriveOrder;
import quayside.sink.BatchConsumers;
import quayside.sink.RecordPublisher;

/** What operators can ask about dead letters; blocks; thread-safe. */
@Singleton
final class DeadLetterDesk {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private final Map<String, Object> kafka;
  private final BatchConsumers consumers;
  private final RecordPublisher publisher;
  private final MeterRegistry metrics;
  private final Clock clock;

  DeadLetterDesk(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      BatchConsumers consumers,
      RecordPublisher publisher,
      MeterRegistry metrics,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.consumers = consumers;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
  }

  // After the consumers of the sinks, which make themselves known.
  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    RedrivePublisher.atZero(metrics, consumers.groups());
  }

  /**
   * A page of dead letters.
   *
   * @param start where to go on, or null for the beginning
   * @param redriven whether those that were moved back are shown, too
   */
  DeadLetterPage list(
      DeadLetterFilter filter, @Nullable Position start, int limit, boolean redriven) {
    try (DeadLetterConsumer letters = open()) {
      return letters.page(filter, start, limit, redriven);
    }
  }

  /** One dead letter with all there is; empty when there is none at this place. */
  Optional<DeadLetterView> show(Position position) {
    try (DeadLetterConsumer letters = open()) {
      return letters.show(position);
    }
  }

  /** Carries out an order, and tells of it. */
  void redrive(RedriveOrder order, ProgressLines lines) {
    try (DeadLetterConsumer letters = open()) {
      RedrivePublisher redrive = new RedrivePublisher(letters, publisher, metrics, clock);
      lines.end(redrive.run(order, progress -> lines.tell(progress, clock.instant())));
    }
  }

  private DeadLetterConsumer open() {
    return new DeadLetterConsumer(kafka, consumers.groups(), clock);
  }
}
