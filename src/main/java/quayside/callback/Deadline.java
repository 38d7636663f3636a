package quayside.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time one request has, and the one timer that watches it. The request goes through its stages
 * one after the other; each ends at the latest when its share is used up, and none later than the
 * whole budget, whatever the stage waits for. What comes after that is ignored.
 *
 * <p>Wherever the awaited work ends, the stage ends on the event loop of the request: so what
 * follows needs no locks, and no thread of Kafka's or of the journal's writes answers. Used on that
 * event loop only.
 *
 * <p>A stage that ends in time leaves the timer as it is, for the next stage to use: when it goes
 * off too early it is set again. So the usual request sets it once and cancels it once.
 */
final class Deadline implements AutoCloseable {
  private final Budget budget;
  private final ScheduledExecutorService timers;
  private final Executor loop;
  private final long start;
  private long due;
  private @Nullable Runnable overdue;
  private @Nullable Future<?> timer;
  private long timerDue;

  Deadline(Budget budget, ScheduledExecutorService timers, Executor loop, long start) {
    this.budget = budget;
    this.timers = timers;
    this.loop = loop;
    this.start = start;
  }

  /** The request arrives; fails with {@link RefusalReason#BODY_TIMEOUT}. */
  <T> CompletableFuture<T> reading(Supplier<CompletableFuture<T>> body) {
    return limit(
        body,
        Math.min(start + budget.reading().toNanos(), end()),
        () -> new CallbackRefusedException(RefusalReason.BODY_TIMEOUT));
  }

  /** Kafka is asked, for as long as leaves the journal its share. */
  <T> CompletableFuture<T> publishing(Supplier<CompletableFuture<T>> send) {
    return limit(
        send,
        Math.min(
            System.nanoTime() + budget.publishing().toNanos(),
            end() - budget.journal().toNanos()),
        () -> notDurable("Kafka did not acknowledge in its share of the time"));
  }

  /** The journal is asked, for as long as there is any time. */
  <T> CompletableFuture<T> appending(Supplier<CompletableFuture<T>> append) {
    return limit(
        append, end(), () -> notDurable("the journal was not written in what time was left"));
  }

  /** The request is answered. Idempotent. */
  @Override
  public void close() {
    overdue = null;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private <T> CompletableFuture<T> limit(
      Supplier<CompletableFuture<T>> work,
      long until,
      Supplier<CallbackRefusedException> otherwise) {
    if (until - System.nanoTime() <= 0) {
      return CompletableFuture.failedFuture(otherwise.get());
    }
    CompletableFuture<T> started = work.get();
    if (started.isDone()) {
      return started;
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    watch(until, () -> result.completeExceptionally(otherwise.get()));
    started.whenCompleteAsync(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        },
        loop);
    return result;
  }

  private long end() {
    return start + budget.whole().toNanos();
  }

  private void watch(long until, Runnable action) {
    due = until;
    overdue = action;
    if (timer == null || timerDue - until > 0) {
      set(until);
    }
  }

  private void ring() {
    timer = null;
    Runnable action = overdue;
    if (action == null) {
      return;
    }
    if (due - System.nanoTime() > 0) {
      set(due);
      return;
    }
    overdue = null;
    action.run();
  }

  private void set(long until) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerDue = until;
    timer =
        timers.schedule(
            () -> loop.execute(this::ring), until - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static CallbackRefusedException notDurable(String cause) {
    return new CallbackRefusedException(RefusalReason.NOT_DURABLE, new TimeoutException(cause));
  }
}
