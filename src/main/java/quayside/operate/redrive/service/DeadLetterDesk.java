package quayside.operate.redrive.service;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import quayside.operate.redrive.DeadLetterPage;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.Position;
import quayside.operate.redrive.RedriveOrder;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.RecordPublisher;
import quayside.sink.SinkConfig;

/**
 * What operators can ask about dead letters, on whichever port: a few requests at a time and one
 * order at a time. Blocks; thread-safe. Whatever cannot be answered is a {@link
 * DeadLetterException}.
 */
@Singleton
public final class DeadLetterDesk {
  private static final Logger LOG = Logger.getLogger(DeadLetterDesk.class);
  private static final int READERS = 4;
  private static final int WAIT_SECONDS = 3;

  private final Map<String, Object> kafka;
  private final SinkConfig config;
  private final RecordPublisher publisher;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Semaphore readers = new Semaphore(READERS);
  private final Semaphore orders = new Semaphore(1);

  DeadLetterDesk(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      SinkConfig config,
      RecordPublisher publisher,
      MeterRegistry metrics,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.config = config;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, Roles roles) {
    if (roles.includeAny(Role.CATALOG, Role.SEARCH, Role.THUMBNAIL, Role.API)) {
      RedrivePublisher.atZero(metrics, config.groups());
    }
  }

  /** A page of dead letters. */
  public DeadLetterPage list(DeadLetterQuery query) {
    return ask(
        readers,
        letters -> letters.page(query.filter(), query.start(), query.limit(), query.redriven()));
  }

  /**
   * One dead letter with all there is.
   *
   * @param position {@code topic/partition/offset}, or any other text
   */
  public DeadLetterView show(String position) {
    Position parsed =
        Position.parse(position)
            .orElseThrow(
                () -> DeadLetterException.badRequest("path: must be topic/partition/offset"));
    return ask(readers, letters -> letters.show(parsed))
        .orElseThrow(() -> DeadLetterException.notFound(parsed));
  }

  /** Carries out an order, and tells of it; a failure after the first line is the last line. */
  public void redrive(RedriveOrder order, LineOutput output) {
    ProgressLines lines = new ProgressLines(output);
    try {
      lines.end(
          ask(
              orders,
              letters ->
                  new RedrivePublisher(letters, publisher, metrics, clock)
                      .run(order, progress -> lines.tell(progress, clock.instant()))));
    } catch (DeadLetterException e) {
      lines.fail(e);
    }
  }

  private <T> T ask(Semaphore permits, Function<DeadLetterConsumer, T> question) {
    try {
      // Most requests take less time than this.
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw DeadLetterException.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DeadLetterException.busy();
    }
    try (DeadLetterConsumer letters = new DeadLetterConsumer(kafka, config.groups(), clock)) {
      return question.apply(letters);
    } catch (RuntimeException e) {
      LOG.warnf("dead letters cannot be read or moved %s", CAUSE.of(e.toString()));
      throw DeadLetterException.unavailable(e);
    } finally {
      permits.release();
    }
  }
}
