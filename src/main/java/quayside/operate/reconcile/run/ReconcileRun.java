package quayside.operate.reconcile.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;

/**
 * Drives a comparison to its end: repairs what differs, a few at once and not faster than allowed,
 * and says now and then how far everything is done. For one thread.
 */
final class ReconcileRun {
  /** Objects compared between two checkpoints at most. */
  private static final int CHUNK = 5000;

  /** Differences between two checkpoints at most: what a crash may have repaired twice. */
  private static final int DIFFERENCES = 200;

  private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Comparison comparison;
  private final @Nullable Repair repair;
  private final Tally tally;
  private final Pace pace;
  private final Checkpoint checkpoint;
  private final int parallelism;

  /**
   * A run.
   *
   * @param repair null to tell only
   * @param parallelism repairs at once
   */
  ReconcileRun(
      Comparison comparison,
      @Nullable Repair repair,
      Tally tally,
      Pace pace,
      Checkpoint checkpoint,
      int parallelism) {
    this.comparison = comparison;
    this.repair = repair;
    this.tally = tally;
    this.pace = pace;
    this.checkpoint = checkpoint;
    this.parallelism = parallelism;
  }

  /** Told that everything up to and with a key is done. */
  @FunctionalInterface
  interface Checkpoint {
    /** Returns false to end the run here. */
    boolean done(String lastKey) throws DependencyUnavailableException;
  }

  /** Runs; returns false when it was told to end early. */
  boolean run() throws SourceException, DependencyUnavailableException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      boolean more = true;
      while (more) {
        more = chunk(threads);
        if (!comparison.lastKey().isEmpty() && !checkpoint.done(comparison.lastKey())) {
          return false;
        }
      }
      return true;
    }
  }

  private boolean chunk(ExecutorService threads)
      throws SourceException, DependencyUnavailableException, InterruptedException {
    List<Future<?>> repairs = new ArrayList<>();
    Semaphore permits = new Semaphore(parallelism);
    long before = comparison.compared();
    long until = System.nanoTime() + CHECKPOINT_NANOS;
    boolean more = true;
    while (more
        && comparison.compared() - before < CHUNK
        && repairs.size() < DIFFERENCES
        && System.nanoTime() < until) {
      more = comparison.advance();
      Difference difference = more ? comparison.difference() : null;
      if (difference != null) {
        tally.found(difference);
        if (repair != null) {
          repairs.add(submit(threads, permits, repair, difference));
        }
      }
    }
    tally.compared(comparison.compared() - before);
    for (Future<?> done : repairs) {
      join(done);
    }
    return more;
  }

  private Future<?> submit(
      ExecutorService threads, Semaphore permits, Repair repairer, Difference difference)
      throws InterruptedException {
    pace.await();
    permits.acquire();
    return threads.submit(() -> {
      try {
        tally.became(repairer.repair(difference));
        return null;
      } finally {
        permits.release();
      }
    });
  }

  private static void join(Future<?> task)
      throws InterruptedException, DependencyUnavailableException {
    try {
      task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case DependencyUnavailableException away -> throw away;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
