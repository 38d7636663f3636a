package quayside.sink;

import static quayside.log.LogField.ATTEMPT;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.SINK;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Repeats a step of a sink: without end while a dependency is down, a few times when it fails for
 * no known reason. The calling thread waits, so the consumer takes no more records meanwhile.
 * Thread-safe.
 */
final class Retry {
  private static final Logger LOG = Logger.getLogger(Retry.class);

  private final String sink;
  private final Backoff backoff;
  private final int unexpectedFailureAttempts;
  private final WaitingSinks waiting;
  private final CountDownLatch stopping;
  private final MeterRegistry metrics;

  Retry(
      String sink,
      Backoff backoff,
      int unexpectedFailureAttempts,
      WaitingSinks waiting,
      CountDownLatch stopping,
      MeterRegistry metrics) {
    this.sink = sink;
    this.backoff = backoff;
    this.unexpectedFailureAttempts = unexpectedFailureAttempts;
    this.waiting = waiting;
    this.stopping = stopping;
    this.metrics = metrics;
  }

  /** One step that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws PermanentFailureException, DependencyUnavailableException;
  }

  /**
   * Runs a step until it succeeds.
   *
   * @throws PermanentFailureException as the step throws it, or with {@code unexpected-error} when
   *     it went on failing for no known reason
   * @throws StoppingException when the application stops first
   */
  void run(Step step) throws PermanentFailureException {
    int unexpected = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        waiting.works(sink);
        return;
      } catch (DependencyUnavailableException e) {
        waiting.waits(sink, String.valueOf(e.getMessage()));
        LOG.warnf(
            "waiting for a dependency %s %s %s",
            SINK.of(sink), ATTEMPT.of(attempt), CAUSE.of(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.errorf(e, "failed for no known reason %s %s", SINK.of(sink), ATTEMPT.of(attempt));
        if (++unexpected >= unexpectedFailureAttempts) {
          throw new PermanentFailureException("unexpected-error", e.toString(), e);
        }
      }
      metrics.counter("quayside.sink.retries", "sink", sink).increment();
      pause(attempt);
    }
  }

  private void pause(int attempt) {
    try {
      if (stopping.await(backoff.delay(attempt).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoppingException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppingException();
    }
  }

  /** The application stops; what was not applied is not acknowledged and comes again. */
  static final class StoppingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StoppingException() {
      super("stopping");
    }
  }
}
