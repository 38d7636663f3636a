package quayside.sink;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.GROUP;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import quayside.sink.HeldRecords.Held;

/**
 * Reads the retry topics of one consumer group and applies each record when it is due. One thread
 * reads, holds records until they are due and commits; another applies them one at a time, so that
 * an event that takes long, or a dependency that is down, never costs the membership in the group.
 * Holds a bounded number of records; beyond it, reading pauses until some are done. Whatever is not
 * done when the process ends, or when a partition moves to another instance, is read again: fences
 * make that harmless.
 *
 * <p>The framework's delayed retry topics do not serve here: they pass on a batch as a whole, and
 * have one fixed delay per topic.
 */
final class RetryConsumer implements Runnable, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RetryConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);
  private static final int AT_ONCE = 100;

  private final String group;
  private final KafkaConsumer<String, byte[]> kafka;
  private final Consumer<ConsumerRecord<String, byte[]>> target;
  private final int mostHeld;
  private final Clock clock;
  private final HeldRecords<TopicPartition, ConsumerRecord<String, byte[]>> held =
      new HeldRecords<>();
  private final Queue<Held<TopicPartition, ConsumerRecord<String, byte[]>>> done =
      new ConcurrentLinkedQueue<>();
  private final Queue<Held<TopicPartition, ConsumerRecord<String, byte[]>>> again =
      new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  /**
   * A consumer that begins with {@link #run}.
   *
   * @param kafka not subscribed yet, without automatic commits; closed at the end of the run
   * @param target applies a record, or passes it on, before it returns; throws only when the
   *     application stops
   */
  RetryConsumer(
      String group,
      KafkaConsumer<String, byte[]> kafka,
      Consumer<ConsumerRecord<String, byte[]>> target,
      int mostHeld,
      Clock clock) {
    this.group = group;
    this.kafka = kafka;
    this.target = target;
    this.mostHeld = mostHeld;
    this.clock = clock;
  }

  @Override
  public void run() {
    try (kafka;
        ExecutorService applying = Executors.newSingleThreadExecutor()) {
      kafka.subscribe(Pattern.compile(GroupTopics.retryPattern(group)), new Given());
      Future<?> atWork = applying.submit(() -> {});
      while (!closing) {
        atWork = step(applying, atWork);
      }
      finish(atWork);
      commitNow();
    }
  }

  /** Ends the run soon; what is not done comes again. */
  @Override
  public void close() {
    closing = true;
    kafka.wakeup();
  }

  private Future<?> step(ExecutorService applying, Future<?> atWork) {
    try {
      for (ConsumerRecord<String, byte[]> record : kafka.poll(POLL)) {
        held.hold(
            new Held<>(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                due(record),
                record));
      }
      Map<TopicPartition, OffsetAndMetadata> offsets = settle();
      if (!offsets.isEmpty()) {
        kafka.commitAsync(offsets, null);
      }
      if (held.size() >= mostHeld) {
        kafka.pause(kafka.assignment());
      } else {
        kafka.resume(kafka.paused());
      }
      return atWork.isDone() ? applying.submit(work(dueNow())) : atWork;
    } catch (WakeupException closed) {
      return atWork;
    } catch (KafkaException e) {
      LOG.warnf("cannot read retries %s %s", GROUP.of(group), CAUSE.of(e.toString()));
      pauseAfterFailure();
      return atWork;
    }
  }

  private List<Held<TopicPartition, ConsumerRecord<String, byte[]>>> dueNow() {
    Instant now = clock.instant();
    List<Held<TopicPartition, ConsumerRecord<String, byte[]>>> due = new ArrayList<>();
    while (due.size() < AT_ONCE) {
      Optional<Held<TopicPartition, ConsumerRecord<String, byte[]>>> next = held.nextDue(now);
      if (next.isEmpty()) {
        break;
      }
      due.add(next.get());
    }
    return due;
  }

  private Runnable work(List<Held<TopicPartition, ConsumerRecord<String, byte[]>>> due) {
    return () -> {
      for (Held<TopicPartition, ConsumerRecord<String, byte[]>> one : due) {
        if (closing) {
          return;
        }
        try {
          target.accept(one.record());
          done.add(one);
        } catch (RuntimeException e) {
          failed(one, e);
        }
      }
    };
  }

  // Nothing is lost to a fault of ours, either: it stays, and comes again.
  private void failed(
      Held<TopicPartition, ConsumerRecord<String, byte[]>> one, RuntimeException failure) {
    if (!closing) {
      LOG.errorf(failure, "retry failed for no known reason %s", GROUP.of(group));
      again.add(one.until(clock.instant().plus(AFTER_FAILURE)));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> settle() {
    for (var one = done.poll(); one != null; one = done.poll()) {
      held.done(one);
    }
    for (var one = again.poll(); one != null; one = again.poll()) {
      held.waitAgain(one);
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    held.newlyCommittable()
        .forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    return offsets;
  }

  private void commitNow() {
    try {
      kafka.commitSync(settle(), COMMIT_LIMIT);
    } catch (KafkaException e) {
      LOG.debugf("retries not committed %s %s", GROUP.of(group), CAUSE.of(e.toString()));
    }
  }

  private void finish(Future<?> atWork) {
    try {
      Tasks.join(atWork);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException stopping) {
      LOG.debugf("retries stopped %s %s", GROUP.of(group), CAUSE.of(stopping.toString()));
    }
  }

  private void pauseAfterFailure() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private static Instant due(ConsumerRecord<String, byte[]> record) {
    Instant due = RecordOrigin.time(BatchConsumer.header(record, DelayedRetry.DUE));
    return due == null ? Instant.ofEpochMilli(record.timestamp()) : due;
  }

  /** Forgets what another instance will read again. */
  private final class Given implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow();
      held.forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      // They are read from what is committed.
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      held.forget(partitions);
    }
  }
}
