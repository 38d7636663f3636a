package quayside.sink;

import static quayside.log.LogField.ATTEMPT;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.SINK;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Repeats a step of a sink without end while a dependency is down. The calling thread waits, so the
 * consumer takes no more records meanwhile. Thread-safe.
 */
public final class Retry {
  private static final Logger LOG = Logger.getLogger(Retry.class);

  /** What takes no longer is nothing to report. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String sink;
  private final Backoff backoff;
  private final WaitingSinks waiting;
  private final CountDownLatch stopping;
  private final Counter retries;

  Retry(
      String sink,
      Backoff backoff,
      WaitingSinks waiting,
      CountDownLatch stopping,
      MeterRegistry metrics) {
    this.sink = sink;
    this.backoff = backoff;
    this.waiting = waiting;
    this.stopping = stopping;
    this.retries =
        Counter.builder("quayside.sink.retries")
            .description("Tries repeated while a dependency was down")
            .tag("sink", sink)
            .register(metrics);
    Gauge.builder("quayside.sink.waiting", waiting, sinks -> sinks.isWaiting(sink) ? 1 : 0)
        .description("1 while the sink waits for a dependency")
        .tag("sink", sink)
        .register(metrics);
  }

  /** Something that others bring about. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it has come about. */
    boolean holds() throws DependencyUnavailableException;
  }

  /** One step that may fail. */
  @FunctionalInterface
  public interface Step {
    /** Does it once. */
    void run()
        throws PermanentFailureException, TransientFailureException, DependencyUnavailableException;
  }

  /**
   * Runs a step until no dependency is in its way.
   *
   * @throws PermanentFailureException as the step throws it
   * @throws TransientFailureException as the step throws it, or with {@code unexpected-error} when
   *     it failed for no known reason
   * @throws StoppingException when the application stops first
   */
  public void run(Step step) throws PermanentFailureException, TransientFailureException {
    for (int attempt = 1; ; attempt++) {
      if (stopping.getCount() == 0) {
        throw new StoppingException();
      }
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
        waiting.works(sink);
        if (stopping.getCount() == 0) {
          throw new StoppingException();
        }
        throw new TransientFailureException("unexpected-error", e.toString(), e);
      } catch (PermanentFailureException | TransientFailureException e) {
        waiting.works(sink);
        throw e;
      }
      retries.increment();
      pause(backoff.delay(attempt));
    }
  }

  /**
   * Waits without end until something has come about, and asks at this interval. When it lasts it
   * is reported like a dependency that is down.
   *
   * @param reason what is waited for, in words
   * @throws StoppingException when the application stops first
   */
  public void await(Condition condition, Duration interval, String reason) {
    long begin = System.nanoTime();
    boolean told = false;
    String missing = missing(condition, reason);
    while (!missing.isEmpty()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        waiting.waits(sink, missing);
        if (!told) {
          LOG.warnf("waiting for a dependency %s %s", SINK.of(sink), CAUSE.of(missing));
          told = true;
        }
      }
      pause(interval);
      missing = missing(condition, reason);
    }
    waiting.works(sink);
  }

  private static String missing(Condition condition, String reason) {
    try {
      return condition.holds() ? "" : reason;
    } catch (DependencyUnavailableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void pause(Duration time) {
    try {
      if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoppingException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppingException();
    }
  }

  /** The application stops; what was not applied is not acknowledged and comes again. */
  public static final class StoppingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StoppingException() {
      super("stopping");
    }
  }
}
