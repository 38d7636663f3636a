package quayside.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import quayside.event.EventCodec;

/** Makes the {@link BatchConsumer} of each sink and stops them all when the application stops. */
@ApplicationScoped
public class BatchConsumers {
  private final SinkConfig config;
  private final DeadLetters deadLetters;
  private final WaitingSinks waiting;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final OpenTelemetry telemetry;
  private final CountDownLatch stopping = new CountDownLatch(1);

  BatchConsumers(
      SinkConfig config,
      DeadLetters deadLetters,
      WaitingSinks waiting,
      MeterRegistry metrics,
      Clock clock,
      OpenTelemetry telemetry) {
    this.config = config;
    this.deadLetters = deadLetters;
    this.waiting = waiting;
    this.metrics = metrics;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * A consumer that feeds one sink.
   *
   * @param name of the sink in metrics, logs and health, such as {@code catalog}
   * @param group its consumer group, part of the dead letter topic's name
   */
  public <T> BatchConsumer<T> create(String name, String group, EventCodec<T> codec, Sink<T> sink) {
    Retry retry =
        new Retry(
            name,
            new Backoff(config.retryDelay(), config.maxRetryDelay(), RandomGenerator.getDefault()),
            config.unexpectedFailureAttempts(),
            waiting,
            stopping,
            metrics);
    return new BatchConsumer<>(
        name, group, codec, sink, retry, deadLetters, metrics, clock, telemetry);
  }

  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    stopping.countDown();
  }
}
