package quayside.sink;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How work in the background waits: for what is away, without end, and for its turn; in either case
 * until it is told to stop. Thread-safe.
 */
public final class Patience {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CountDownLatch stopped;
  private final Consumer<String> waiting;

  /**
   * Patience until a signal.
   *
   * @param stopped counted down to stop
   * @param waiting told in words what is waited for, each time
   */
  public Patience(CountDownLatch stopped, Consumer<String> waiting) {
    this.stopped = stopped;
    this.waiting = waiting;
  }

  /** One step that may fail because something is away. */
  @FunctionalInterface
  public interface Step<T> {
    /** Does it once. */
    T run() throws DependencyUnavailableException;
  }

  /**
   * Repeats a step until nothing is in its way.
   *
   * @throws InterruptedException when told to stop
   */
  public <T> T with(Step<T> step) throws InterruptedException {
    while (true) {
      if (stopped.getCount() == 0) {
        throw new InterruptedException();
      }
      try {
        return step.run();
      } catch (DependencyUnavailableException e) {
        waiting.accept(String.valueOf(e.getMessage()));
        pause(PAUSE);
      }
    }
  }

  /**
   * Waits for some time.
   *
   * @throws InterruptedException when told to stop
   */
  public void pause(Duration time) throws InterruptedException {
    if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
  }
}
