package quayside.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import quayside.event.EventCodec;

/**
 * Makes the {@link BatchConsumer} of each sink, knows them all, and stops them when the application
 * stops. Thread-safe.
 */
@ApplicationScoped
public class BatchConsumers {
  private final SinkConfig config;
  private final RecordPublisher publisher;
  private final EffectPublisher effects;
  private final WaitingSinks waiting;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final OpenTelemetry telemetry;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Collection<Member> members = new CopyOnWriteArrayList<>();
  private final Collection<String> observed = new CopyOnWriteArrayList<>();

  BatchConsumers(
      SinkConfig config,
      RecordPublisher publisher,
      EffectPublisher effects,
      WaitingSinks waiting,
      MeterRegistry metrics,
      Clock clock,
      OpenTelemetry telemetry) {
    this.config = config;
    this.publisher = publisher;
    this.effects = effects;
    this.waiting = waiting;
    this.metrics = metrics;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** A consumer and its group. */
  private record Member(String group, BatchConsumer<?> consumer) {}

  /**
   * A consumer that feeds one sink. Each group reads its retry topics with all its consumers, told
   * apart by the type of the event; so the bean that makes it begins with the application ({@code
   * Startup}), not with its first record.
   *
   * @param name of the sink in metrics, logs and health, such as {@code catalog}
   * @param group its consumer group, part of the names of its retry and dead letter topics
   */
  public <T> BatchConsumer<T> create(String name, String group, EventCodec<T> codec, Sink<T> sink) {
    BatchConsumer<T> consumer =
        new BatchConsumer<>(
            name,
            group,
            codec,
            sink,
            retry(name),
            failures(name, group),
            effects,
            metrics,
            clock,
            telemetry);
    KafkaEffectPublisher.lostAtZero(metrics, name);
    members.add(new Member(group, consumer));
    return consumer;
  }

  /** Waits while a dependency of something with this name in logs and health is down. */
  public Retry retry(String name) {
    Backoff pauses = backoff(config.retryDelay(), config.maxRetryDelay());
    return new Retry(name, pauses, waiting, stopping, metrics);
  }

  /** The consumer groups of all sinks. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    members.forEach(member -> groups.add(member.group()));
    return groups;
  }

  /** Has the lag of a consumer group shown that is no sink's and has no topics of its own. */
  public void observe(String group) {
    observed.add(group);
  }

  /** The groups that are shown beside those of the sinks. */
  Collection<String> observedGroups() {
    return observed;
  }

  /** The consumers of a group. */
  List<BatchConsumer<?>> of(String group) {
    return members.stream()
        .filter(member -> member.group().equals(group))
        .<BatchConsumer<?>>map(Member::consumer)
        .toList();
  }

  /** Where a group's records go that cannot be applied. */
  FailedRecordPublisher failures(String name, String group) {
    return new FailedRecordPublisher(
        name,
        group,
        publisher,
        retry(name),
        backoff(config.retry().firstDelay(), config.retry().longestDelay()),
        config.retry().attempts(),
        metrics,
        clock);
  }

  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    stopping.countDown();
  }

  private static Backoff backoff(Duration first, Duration longest) {
    return new Backoff(first, longest, RandomGenerator.getDefault());
  }
}
