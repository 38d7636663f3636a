package quayside.operate.redrive.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

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

  /**
   * A page of dead letters.
   *
   * @param start where to go on, or null for the beginning
   * @param redriven whether those that were moved back are shown, too
   */
  DeadLetterPage list(
      DeadLetterFilter filter, @Nullable Position start, int limit, boolean redriven) {
    Instant until = clock.instant().plus(LOOK_LIMIT);
    List<DeadLetterView> found = new ArrayList<>();
    try (DeadLetterConsumer letters = open()) {
      var partitions = letters.partitions(filter.group(), filter.topic());
      Set<Position> moved = letters.moved(partitions, filter.fromTime(), until);
      Optional<Position> next =
          letters.scan(
              partitions,
              start,
              filter.fromTime(),
              until,
              record -> {
                boolean wasMoved = moved.contains(DeadLetters.position(record));
                if ((redriven || !wasMoved) && DeadLetters.isMeant(filter, record)) {
                  String group = letters.groupOf(record.topic()).orElseThrow();
                  found.add(DeadLetters.view(record, group, wasMoved, false));
                }
                return found.size() < limit;
              });
      return new DeadLetterPage(found, next.map(Position::toString).orElse(null));
    }
  }

  /** One dead letter with all there is; empty when there is none at this place. */
  Optional<DeadLetterView> show(Position position) {
    Instant until = clock.instant().plus(LOOK_LIMIT);
    try (DeadLetterConsumer letters = open()) {
      return letters
          .read(position, until)
          .map(record -> {
            var partitions =
                letters.partitions(null, null).stream()
                    .filter(partition -> partition.topic().equals(position.topic()))
                    .toList();
            boolean moved = letters.moved(partitions, null, until).contains(position);
            String group = letters.groupOf(record.topic()).orElseThrow();
            return DeadLetters.view(record, group, moved, true);
          });
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
