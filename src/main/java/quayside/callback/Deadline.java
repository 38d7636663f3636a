package quayside.callback;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The time one request has, and the one timer that watches it. The request goes through its stages
 * one after the other; each ends at the latest when its share is used up, and none later than the
 * whole budget, whatever the stage waits for. What comes after that is ignored. Thread-safe.
 *
 * <p>A stage that ends in time leaves the timer as it is, for the next stage to use: when it goes
 * off too early it is set again. So the usual request sets it once and cancels it once.
 */
final class Deadline implements AutoCloseable {
  private final Budget budget;
  private final ScheduledExecutorService timers;
  private final long start;
  private long due;
  private @Nullable Runnable overdue;
  private @Nullable Future<?> timer;
  private long timerDue;

  Deadline(Budget budget, ScheduledExecutorService timers, long start) {
    this.budget = budget;
    this.timers = timers;
    this.start = start;
  }

  /** The request arrives; fails with {@link RefusalReason#BODY_TIMEOUT}. */
  <T> Uni<T> reading(Uni<T> body) {
    return Uni.createFrom()
        .deferred(() ->
            limit(
                body,
                Math.min(start + budget.reading().toNanos(), end()),
                new CallbackRefusedException(RefusalReason.BODY_TIMEOUT)));
  }

  /** Kafka is asked, for as long as leaves the journal its share. */
  <T> Uni<T> publishing(Uni<T> send) {
    return Uni.createFrom()
        .deferred(() ->
            limit(
                send,
                Math.min(
                    System.nanoTime() + budget.publishing().toNanos(),
                    end() - budget.journal().toNanos()),
                notDurable("Kafka did not acknowledge in its share of the time")));
  }

  /** The journal is asked, for as long as there is any time. */
  <T> Uni<T> appending(Uni<T> append) {
    return Uni.createFrom()
        .deferred(() ->
            limit(append, end(), notDurable("the journal was not written in what time was left")));
  }

  /** The request is answered. Idempotent. */
  @Override
  public synchronized void close() {
    overdue = null;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private <T> Uni<T> limit(Uni<T> work, long until, CallbackRefusedException otherwise) {
    if (until - System.nanoTime() <= 0) {
      return Uni.createFrom().failure(otherwise);
    }
    return Uni.createFrom()
        .emitter(result -> {
          watch(until, () -> result.fail(otherwise));
          work.subscribe().with(result::complete, result::fail);
        });
  }

  private long end() {
    return start + budget.whole().toNanos();
  }

  private synchronized void watch(long until, Runnable action) {
    due = until;
    overdue = action;
    if (timer == null || timerDue - until > 0) {
      set(until);
    }
  }

  private void ring() {
    Runnable action;
    synchronized (this) {
      timer = null;
      action = overdue;
      if (action == null) {
        return;
      }
      if (due - System.nanoTime() > 0) {
        set(due);
        return;
      }
      overdue = null;
    }
    action.run();
  }

  private void set(long until) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerDue = until;
    timer = timers.schedule(this::ring, until - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static CallbackRefusedException notDurable(String cause) {
    return new CallbackRefusedException(RefusalReason.NOT_DURABLE, new TimeoutException(cause));
  }
}
