package quayside.sink.thumbnail.vips;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import quayside.sink.PermanentFailureException;

/**
 * Ends a worker that does not answer in time; nothing less stops a decoder in native code.
 * Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("thumbnail-watchdog").factory());

  /**
   * Runs a conversation with a worker.
   *
   * @throws TimeLimitException when the worker was ended because of the limit
   */
  <T> T guard(Worker worker, Duration limit, Exchange<T> exchange)
      throws PermanentFailureException, WorkerLostException, TimeLimitException {
    AtomicBoolean expired = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        timer.schedule(
            () -> {
              expired.set(true);
              worker.kill();
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return exchange.run();
    } catch (WorkerLostException e) {
      if (expired.get()) {
        throw new TimeLimitException(limit, e);
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Something asked of a worker. */
  @FunctionalInterface
  interface Exchange<T> {
    T run() throws PermanentFailureException, WorkerLostException;
  }

  /** The worker was ended because it took too long. */
  static final class TimeLimitException extends Exception {
    private static final long serialVersionUID = 1L;

    TimeLimitException(Duration limit, WorkerLostException cause) {
      super("not done within " + limit.toMillis() + " ms", cause);
    }
  }
}
