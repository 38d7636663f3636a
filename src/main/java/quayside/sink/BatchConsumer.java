package quayside.sink;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.GROUP;
import static quayside.log.LogField.OFFSET;
import static quayside.log.LogField.PARTITION;
import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SINK;
import static quayside.log.LogField.TOPIC;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;

/**
 * Feeds one sink from Kafka: reads events, applies them, sets aside what can never be applied.
 * Returns when every record is applied or set aside, so that the caller may commit. Poison affects
 * only itself: a batch that fails is halved until the one bad event stands alone.
 */
public final class BatchConsumer<T> {
  private static final Logger LOG = Logger.getLogger(BatchConsumer.class);
  private static final Duration DEAD_LETTER_LIMIT = Duration.ofSeconds(30);
  private static final int MAX_REASON_CHARACTERS = 500;

  private final String name;
  private final String group;
  private final EventCodec<T> codec;
  private final Sink<T> sink;
  private final Retry retry;
  private final DeadLetters deadLetters;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final EventTraces traces;

  BatchConsumer(
      String name,
      String group,
      EventCodec<T> codec,
      Sink<T> sink,
      Retry retry,
      DeadLetters deadLetters,
      MeterRegistry metrics,
      Clock clock,
      OpenTelemetry telemetry) {
    this.name = name;
    this.group = group;
    this.codec = codec;
    this.sink = sink;
    this.retry = retry;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
    this.traces = new EventTraces(telemetry, name, group);
  }

  /** A record and the event it carries. */
  private record Received<T>(ConsumerRecord<String, byte[]> record, CloudEvent<T> event) {}

  /** An event at work. */
  private record Traced<T>(Received<T> received, EventTrace trace) {}

  /** Applies all records as one batch; for sinks that write many events in one statement. */
  public void accept(ConsumerRecords<String, byte[]> records) {
    process(read(records));
  }

  /** Applies each record by itself, a few at a time; for sinks whose work is per event. */
  public void acceptEach(ConsumerRecords<String, byte[]> records, int parallelism)
      throws InterruptedException {
    Semaphore permits = new Semaphore(parallelism);
    // Not virtual threads: the work may be native, or wait for the pipe of a process, and would
    // hold the few carriers that the read APIs share.
    ThreadFactory platform = Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(platform)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (Received<T> received : read(records)) {
        permits.acquire();
        tasks.add(
            threads.submit(() -> {
              try {
                process(List.of(received));
              } finally {
                permits.release();
              }
            }));
      }
      for (Future<?> task : tasks) {
        Tasks.join(task);
      }
    }
  }

  private List<Received<T>> read(ConsumerRecords<String, byte[]> records) {
    List<Received<T>> received = new ArrayList<>(records.count());
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        received.add(
            new Received<>(record, codec.read(header -> header(record, header), record.value())));
      } catch (InvalidEventException e) {
        EventTrace trace = trace(record);
        try {
          trace.run(() -> setAside(record, trace, "invalid-event", String.valueOf(e.getMessage())));
        } finally {
          trace.end();
        }
      }
    }
    return received;
  }

  private void process(List<Received<T>> batch) {
    List<Traced<T>> traced =
        batch.stream().map(received -> new Traced<>(received, trace(received.record()))).toList();
    try {
      apply(traced);
    } finally {
      traced.forEach(event -> event.trace().end());
    }
  }

  private EventTrace trace(ConsumerRecord<String, byte[]> record) {
    return traces.start(
        name -> header(record, name), record.topic(), record.partition(), record.offset());
  }

  private void apply(List<Traced<T>> batch) {
    switch (batch.size()) {
      case 0 -> {}
      case 1 -> batch.getFirst().trace().run(() -> applyTogether(batch));
      default -> applyTogether(batch);
    }
  }

  private void applyTogether(List<Traced<T>> batch) {
    try {
      List<CloudEvent<T>> events = batch.stream().map(e -> e.received().event()).toList();
      retry.run(() -> sink.apply(events));
      count("applied", batch.size());
    } catch (PermanentFailureException e) {
      if (batch.size() == 1) {
        Traced<T> poison = batch.getFirst();
        setAside(
            poison.received().record(),
            poison.trace(),
            e.failure(),
            String.valueOf(e.getMessage()));
      } else {
        int middle = batch.size() / 2;
        apply(batch.subList(0, middle));
        apply(batch.subList(middle, batch.size()));
      }
    }
  }

  private void setAside(
      ConsumerRecord<String, byte[]> record, EventTrace trace, String failure, String message) {
    String reason = oneLine(message);
    trace.failed(failure);
    LOG.warnf(
        "set aside %s %s %s %s %s %s %s",
        SINK.of(name),
        GROUP.of(group),
        TOPIC.of(record.topic()),
        PARTITION.of(record.partition()),
        OFFSET.of(record.offset()),
        REASON.of(failure),
        CAUSE.of(reason));
    DeadLetter letter =
        new DeadLetter(
            failure,
            reason,
            record.topic(),
            record.partition(),
            record.offset(),
            1,
            clock.instant());
    try {
      retry.run(() -> publish(record, letter));
    } catch (PermanentFailureException e) {
      throw new IllegalStateException("dead letter refused: " + e.getMessage(), e);
    }
    metrics.counter("quayside.sink.dead.letters", "sink", name, "cause", failure).increment();
    count("dead-lettered", 1);
  }

  private void publish(ConsumerRecord<String, byte[]> record, DeadLetter letter)
      throws DependencyUnavailableException {
    try {
      deadLetters.publish(record, group, letter).await().atMost(DEAD_LETTER_LIMIT);
    } catch (RuntimeException e) {
      throw new DependencyUnavailableException(
          "Kafka does not take the dead letter: " + e.getMessage(), e);
    }
  }

  // Messages quote what senders wrote: it must not fill the header of the dead letter.
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}", "?");
    return line.substring(0, Math.min(line.length(), MAX_REASON_CHARACTERS));
  }

  private void count(String outcome, int events) {
    metrics.counter("quayside.sink.events", "sink", name, "outcome", outcome).increment(events);
  }

  private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
