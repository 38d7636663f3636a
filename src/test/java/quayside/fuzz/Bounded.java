package quayside.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * Runs a step and fails when it needs more than the size of the input justifies. A step that does
 * gets two more chances, since the first may have met cold code, so it must be repeatable.
 */
public final class Bounded {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ATTEMPTS = 3;

  /** A fuzzer's instrumentation allocates, too, and slows what it instruments. */
  private static final int SLACK = Integer.getInteger("quayside.fuzz.slack", 1);

  private Bounded() {}

  /**
   * Runs, allocating so much on this thread.
   *
   * @param fixedBytes what any input may cost
   * @param bytesPerByte what each byte of input may cost on top
   */
  public static <T> T allocation(
      long fixedBytes, long bytesPerByte, int inputBytes, Callable<T> step) {
    long bound = SLACK * (fixedBytes + bytesPerByte * inputBytes);
    T result = null;
    long allocated = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && allocated > bound; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      result = call(step);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    if (allocated > bound) {
      throw new AssertionError(
          "unbounded allocation: %d bytes for an input of %d, allowed %d"
              .formatted(allocated, inputBytes, bound));
    }
    return result;
  }

  /** Runs, within so much processor time. */
  public static <T> T cpuTime(long millis, Callable<T> step) {
    long bound = SLACK * millis * 1_000_000;
    long start = System.nanoTime();
    T result = call(step);
    // Asking for the processor time costs more than most steps; it is never more than this.
    long used = System.nanoTime() - start;
    for (int attempt = 1; attempt < ATTEMPTS && used > bound; attempt++) {
      long before = THREADS.getCurrentThreadCpuTime();
      result = call(step);
      used = THREADS.getCurrentThreadCpuTime() - before;
    }
    if (used > bound) {
      throw new AssertionError("hang: %d ns of processor time, allowed %d".formatted(used, bound));
    }
    return result;
  }

  private static <T> T call(Callable<T> step) {
    try {
      return step.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("unexpected exception", e);
    }
  }
}
