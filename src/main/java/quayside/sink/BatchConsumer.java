package quayside.sink;

import static quayside.log.LogField.EVENT_ID;
import static quayside.log.LogField.SINK;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
 * Feeds one sink from Kafka: reads events, applies them, sets aside what cannot be applied. Returns
 * when every record is applied or set aside, so that the caller may commit. Poison affects only
 * itself: a batch that fails is halved until the one bad event stands alone.
 */
public final class BatchConsumer<T> {
  private static final Logger LOG = Logger.getLogger(BatchConsumer.class);

  private final String name;
  private final EventCodec<T> codec;
  private final Sink<T> sink;
  private final Retry retry;
  private final FailedRecordPublisher failed;
  private final EffectPublisher effects;
  private final Counter applied;
  private final Clock clock;
  private final EventTraces traces;

  BatchConsumer(
      String name,
      String group,
      EventCodec<T> codec,
      Sink<T> sink,
      Retry retry,
      FailedRecordPublisher failed,
      EffectPublisher effects,
      MeterRegistry metrics,
      Clock clock,
      OpenTelemetry telemetry) {
    this.name = name;
    this.codec = codec;
    this.sink = sink;
    this.retry = retry;
    this.failed = failed;
    this.effects = effects;
    this.applied =
        Counter.builder("quayside.sink.events")
            .description("What became of events in the sinks")
            .tags("sink", name, "outcome", "applied")
            .register(metrics);
    this.clock = clock;
    this.traces = new EventTraces(telemetry, name, group);
  }

  /** A record, where it came from, and the event it carries. */
  private record Received<T>(
      ConsumerRecord<String, byte[]> record, RecordOrigin origin, CloudEvent<T> event) {}

  /** An event at work. */
  private record Traced<T>(Received<T> received, EventTrace trace) {
    CloudEvent<T> event() {
      return received.event();
    }
  }

  /** Applies all records as one batch; for sinks that write many events in one statement. */
  public void accept(ConsumerRecords<String, byte[]> records) {
    process(read(records));
  }

  /**
   * Applies each record by itself, a few at a time; for sinks whose work is per event.
   *
   * @param permits one for each event at work, in all calls together
   */
  public void acceptEach(ConsumerRecords<String, byte[]> records, Semaphore permits)
      throws InterruptedException {
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

  /** Applies one record of the retry topic, whose headers say what was tried before. */
  void acceptAgain(ConsumerRecord<String, byte[]> record) {
    RecordOrigin origin =
        RecordOrigin.read(name -> header(record, name), RecordOrigin.RETRY, found(record));
    List<Received<T>> received = new ArrayList<>(1);
    read(record, origin, received);
    process(received);
  }

  /** True when it reads events of this type. */
  boolean reads(String ceType) {
    return codec.type().ceType().equals(ceType);
  }

  private List<Received<T>> read(ConsumerRecords<String, byte[]> records) {
    List<Received<T>> received = new ArrayList<>(records.count());
    for (ConsumerRecord<String, byte[]> record : records) {
      read(record, found(record), received);
    }
    return received;
  }

  private void read(
      ConsumerRecord<String, byte[]> record, RecordOrigin origin, List<Received<T>> received) {
    try {
      CloudEvent<T> event = codec.read(header -> header(record, header), record.value());
      received.add(new Received<>(record, origin, event));
    } catch (InvalidEventException e) {
      EventTrace trace = trace(record);
      trace.failed("invalid-event");
      String message = String.valueOf(e.getMessage());
      try {
        trace.run(() -> failed.permanently(record, origin, "invalid-event", message));
      } finally {
        trace.end();
      }
    }
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
      List<CloudEvent<T>> events = batch.stream().map(Traced::event).toList();
      List<Effects.Said> said = new ArrayList<>();
      retry.run(() -> said.addAll(Effects.during(() -> sink.apply(events))));
      applied.increment(batch.size());
      tell(batch, said);
    } catch (PermanentFailureException e) {
      if (batch.size() == 1) {
        Traced<T> poison = batch.getFirst();
        poison.trace().failed(e.failure());
        failed.permanently(
            poison.received().record(),
            poison.received().origin(),
            e.failure(),
            String.valueOf(e.getMessage()));
      } else {
        applyHalves(batch);
      }
    } catch (TransientFailureException e) {
      if (batch.size() == 1) {
        applyLater(batch.getFirst(), e);
      } else {
        applyHalves(batch);
      }
    }
  }

  private void applyHalves(List<Traced<T>> batch) {
    int middle = batch.size() / 2;
    apply(batch.subList(0, middle));
    apply(batch.subList(middle, batch.size()));
  }

  private void applyLater(Traced<T> event, TransientFailureException e) {
    if (e.getCause() instanceof RuntimeException unexpected) {
      LOG.errorf(
          unexpected,
          "failed for no known reason %s %s",
          SINK.of(name),
          EVENT_ID.of(event.event().id()));
    }
    event.trace().failed(e.failure());
    failed.forNow(
        event.received().record(),
        event.received().origin(),
        e.failure(),
        String.valueOf(e.getMessage()));
  }

  private void tell(List<Traced<T>> batch, List<Effects.Said> said) {
    if (said.isEmpty()) {
      return;
    }
    Map<CloudEvent<?>, String> traceIds = new IdentityHashMap<>();
    for (Traced<T> one : batch) {
      if (one.trace().isValid()) {
        traceIds.put(one.event(), one.trace().traceId());
      }
    }
    List<Effect> told = new ArrayList<>(said.size());
    for (Effects.Said one : said) {
      Effect.of(one.event(), one.outcome(), traceIds.get(one.event())).ifPresent(told::add);
    }
    effects.publish(name, clock.instant(), told);
  }

  private static RecordOrigin found(ConsumerRecord<String, byte[]> record) {
    return new RecordOrigin(
        record.topic(), record.partition(), record.offset(), record.timestamp(), 0, null);
  }

  static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
