package quayside;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How long something takes on a machine that does other things as well, which can only add to it:
 * the quickest of three.
 */
public final class Quickest {
  private static final int TIMES = 3;

  private Quickest() {}

  /** Does it three times. */
  public static Duration of(Callable<?> action) throws Exception {
    Duration quickest = null;
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      action.call();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      quickest = quickest == null || time.compareTo(quickest) < 0 ? time : quickest;
    }
    return quickest;
  }
}
