package quayside.operate.redrive.service;

import static quayside.log.LogField.EVENTS;
import static quayside.log.LogField.FILTER;
import static quayside.log.LogField.OPERATOR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.Position;
import quayside.operate.redrive.RedriveOrder;
import quayside.operate.redrive.RedriveProgress;
import quayside.sink.DelayedRetry;
import quayside.sink.RecordOrigin;
import quayside.sink.RecordPublisher;

/**
 * Moves dead letters back, one after the other, not faster than ordered. For one order in one
 * thread.
 */
final class RedrivePublisher {
  private static final Logger LOG = Logger.getLogger(RedrivePublisher.class);
  private static final String MOVED = "quayside.redrive.moved";
  private static final Duration PUBLISH_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  private final DeadLetterConsumer letters;
  private final RecordPublisher publisher;
  private final MeterRegistry metrics;
  private final Clock clock;

  RedrivePublisher(
      DeadLetterConsumer letters, RecordPublisher publisher, MeterRegistry metrics, Clock clock) {
    this.letters = letters;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The meters, before the first order. */
  static void atZero(MeterRegistry metrics, Set<String> groups) {
    for (String group : groups) {
      Counter.builder(MOVED)
          .description("Dead letters moved back")
          .tag("group", group)
          .register(metrics);
    }
  }

  /** One order being carried out. */
  private final class Run implements Predicate<ConsumerRecord<String, byte[]>> {
    private final RedriveOrder order;
    private final String filter;
    private final Set<Position> moved;
    private final Predicate<RedriveProgress> listener;
    private final Instant begin = clock.instant();
    private RedriveProgress progress;

    private Run(
        RedriveOrder order, Set<Position> moved, long total, Predicate<RedriveProgress> listener) {
      this.order = order;
      this.filter = text(order.filter());
      this.moved = moved;
      this.listener = listener;
      this.progress = RedriveProgress.start(total);
    }

    @Override
    public boolean test(ConsumerRecord<String, byte[]> record) {
      if (!DeadLetters.isMeant(order.filter(), record)) {
        progress = progress.passed();
      } else if (moved.contains(DeadLetters.position(record))) {
        progress = progress.foundMoved();
      } else {
        if (!order.dryRun()) {
          move(record);
        }
        progress = progress.handled(order.dryRun());
      }
      boolean enough = progress.matched() - progress.alreadyMoved() >= order.most();
      return listener.test(progress) && !enough;
    }

    private void move(ConsumerRecord<String, byte[]> record) {
      await(begin.plusMillis(1000 * progress.moved() / order.ratePerSecond()));
      String group = letters.groupOf(record.topic()).orElseThrow();
      RecordOrigin origin = DeadLetters.origin(record, group).untried();
      Instant now = clock.instant();
      DelayedRetry retry =
          new DelayedRetry(
              Objects.requireNonNullElse(
                  DeadLetters.header(record, "dead-letter-cause"), "unknown"),
              "redriven",
              Objects.requireNonNullElse(DeadLetters.header(record, "dead-letter-sink"), group),
              group,
              origin,
              now,
              now);
      RedriveMark mark =
          new RedriveMark(
              retry,
              DeadLetters.position(record),
              order.by(),
              filter,
              DeadLetters.redriveCount(record) + 1);
      publisher.publish(retry.topic(), record, mark.headers()).await().atMost(PUBLISH_LIMIT);
      metrics.counter(MOVED, "group", group).increment();
    }
  }

  /**
   * Carries out an order.
   *
   * @param listener told of each letter; returns false to stop
   * @throws RuntimeException when Kafka is away; what was moved is moved
   */
  RedriveProgress run(RedriveOrder order, Predicate<RedriveProgress> listener) {
    DeadLetterFilter filter = order.filter();
    List<TopicPartition> partitions = letters.partitions(filter.group(), filter.topic());
    Instant until = clock.instant().plus(LOOK_LIMIT);
    Set<Position> moved = letters.moved(partitions, filter.fromTime(), until);
    Run run = new Run(order, moved, letters.count(partitions), listener);
    LOG.infof(
        "redrive begins %s %s %s", OPERATOR.of(order.by()), FILTER.of(run.filter), how(order));
    try {
      Optional<Position> rest = letters.scan(partitions, null, filter.fromTime(), Instant.MAX, run);
      rest.ifPresent(next -> LOG.debugf("redrive stopped before %s", next));
      return run.progress.finished();
    } finally {
      LOG.infof(
          "redrive ended %s %s %s %s",
          OPERATOR.of(order.by()),
          FILTER.of(run.filter),
          EVENTS.of(run.progress.moved()),
          how(order));
    }
  }

  private static String how(RedriveOrder order) {
    return order.dryRun() ? "(dry run)" : "";
  }

  private void await(Instant time) {
    Duration pause = Duration.between(clock.instant(), time);
    if (pause.isPositive()) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static String text(DeadLetterFilter filter) {
    try {
      return JSON.writeValueAsString(filter);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a filter is not writable", impossible);
    }
  }
}
