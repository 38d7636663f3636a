package quayside.build.order;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the build steps of Quarkus one after another, in the order in which they became ready. Left
 * alone they run side by side, and what they generate depends on which was faster: the numbers of
 * proxies, the order of configuration sources.
 *
 * <p>A step becomes ready while the last one before it runs, so from the first step on the order is
 * that of the steps alone. The first ones are queued by the thread that then waits for the build:
 * nothing runs until it waits. What a step gives to the executor itself (parts of a transformation,
 * of an archive) does not come here and runs beside it.
 *
 * <p>Called from rewritten code, see {@link BuildOrderAgent}. Thread-safe; one build at a time.
 */
public final class StepQueue {
  private static final Queue<Runnable> STEPS = new ArrayDeque<>();
  private static Executor executor;

  /** Guarded by the class: whether a step runs, or is about to. */
  private static boolean running;

  private StepQueue() {}

  /** In place of {@code executor.execute(step)}. */
  public static synchronized void execute(Executor executor, Runnable step) {
    StepQueue.executor = executor;
    STEPS.add(step);
  }

  /**
   * In place of {@code LockSupport.park(blocker)}, by which the build's thread waits for its end.
   */
  public static void park(Object blocker) {
    start();
    LockSupport.park(blocker);
  }

  private static synchronized void start() {
    if (!running && !STEPS.isEmpty()) {
      running = true;
      executor.execute(StepQueue::runNext);
    }
  }

  private static void runNext() {
    try {
      next().run();
    } finally {
      ended();
    }
  }

  private static synchronized Runnable next() {
    return STEPS.remove();
  }

  private static synchronized void ended() {
    running = false;
    start();
  }
}
