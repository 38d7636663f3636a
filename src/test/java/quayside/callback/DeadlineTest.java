package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One time for everything a request waits for. */
class DeadlineTest {
  private static final Supplier<CompletableFuture<String>> NEVER = CompletableFuture::new;

  private final AtomicInteger timersSet = new AtomicInteger();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        protected <V> java.util.concurrent.RunnableScheduledFuture<V> decorateTask(
            Runnable task, java.util.concurrent.RunnableScheduledFuture<V> future) {
          timersSet.incrementAndGet();
          return future;
        }
      };

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void bodyThatDoesNotArrive_endsAfterItsShareOfTheTime() {
    Deadline deadline = start(Duration.ZERO, 3000, 200, 1500, 500);

    assertEnds(deadline::reading, RefusalReason.BODY_TIMEOUT, 200);
  }

  /** The first byte counts, not the moment the head was complete. */
  @Test
  void slowHead_isTakenOffTheBodysShare() {
    Deadline deadline = start(Duration.ofMillis(900), 3000, 1000, 1500, 500);

    assertEnds(deadline::reading, RefusalReason.BODY_TIMEOUT, 100);
  }

  @Test
  void kafkaThatDoesNotAnswer_hasItsShareAlone() {
    Deadline deadline = start(Duration.ZERO, 3000, 1000, 300, 500);

    assertEnds(deadline::publishing, RefusalReason.NOT_DURABLE, 300);
  }

  @Test
  void slowBody_isTakenOffKafkasShareAndNotOffTheJournals() {
    Deadline deadline = start(Duration.ofMillis(2200), 3000, 2400, 1500, 500);

    assertEnds(deadline::publishing, RefusalReason.NOT_DURABLE, 300);
    assertEnds(deadline::appending, RefusalReason.NOT_DURABLE, 500);
  }

  @Test
  void noTimeForKafka_isNotEvenTried() {
    Deadline deadline = start(Duration.ofMillis(2600), 3000, 2400, 1500, 500);
    AtomicInteger tries = new AtomicInteger();
    Supplier<CompletableFuture<String>> send =
        () -> {
          tries.incrementAndGet();
          return NEVER.get();
        };

    assertEnds(ignored -> deadline.publishing(send), RefusalReason.NOT_DURABLE, 0);

    assertThat(tries).hasValue(0);
  }

  @Test
  void stagesInTime_setTheTimerOnceAndLeaveNothingBehind() {
    Deadline deadline = start(Duration.ZERO, 3000, 1000, 1500, 500);
    for (Stage stage :
        List.<Stage>of(
            deadline::reading, deadline::publishing, deadline::appending)) {
      CompletableFuture<String> work = new CompletableFuture<>();
      CompletableFuture<String> result = stage.apply(() -> work);
      work.complete("done");
      assertThat(result).isCompletedWithValue("done");
    }
    deadline.close();

    assertThat(timersSet).hasValue(1);
    timers.purge();
    assertThat(timers.getQueue()).isEmpty();
  }

  @Test
  void resultAfterTheDeadline_isIgnored() {
    Deadline deadline = start(Duration.ZERO, 300, 300, 50, 0);
    CompletableFuture<String> late = new CompletableFuture<>();

    CompletableFuture<String> answer = deadline.publishing(() -> late);
    assertThat(answer).failsWithin(Duration.ofSeconds(5));
    late.complete("too late");

    assertThat(answer).isCompletedExceptionally();
  }

  /** One of the things a request waits for. */
  private interface Stage {
    CompletableFuture<String> apply(Supplier<CompletableFuture<String>> work);
  }

  private Deadline start(Duration since, long whole, long reading, long publishing, long journal) {
    Budget budget =
        new Budget(
            Duration.ofMillis(whole),
            Duration.ofMillis(reading),
            Duration.ofMillis(publishing),
            Duration.ofMillis(journal));
    return budget.start(timers, Runnable::run, System.nanoTime() - since.toNanos());
  }

  private static void assertEnds(
      Stage stage, RefusalReason reason, long afterMillis) {
    long start = System.nanoTime();

    CompletableFuture<String> result = stage.apply(NEVER);
    assertThat(result).failsWithin(Duration.ofSeconds(5));
    Throwable failure = Failures.unwrap(result.handle((done, thrown) -> thrown).join());

    assertThat(failure).isInstanceOf(CallbackRefusedException.class);
    assertThat(((CallbackRefusedException) failure).reason()).isEqualTo(reason);
    // The start was taken a little before; the upper bound is for machines with other work.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(
            Duration.ofMillis(Math.max(0, afterMillis - 30)), Duration.ofMillis(afterMillis + 700));
  }
}
