package quayside.sink.thumbnail.engine;

import java.util.concurrent.Semaphore;

/**
 * A shared amount of something scarce, such as pixels being decoded or bytes held in memory.
 * Whoever wants a part waits until it is free; a wish larger than the whole budget gets all of it,
 * so that nothing waits for ever. Fair and thread-safe.
 */
public final class Budget {
  private final int units;
  private final long unitSize;
  private final Semaphore free;

  /** A budget of {@code total}, rounded up to a thousandth part. */
  public Budget(long total) {
    if (total < 1) {
      throw new IllegalArgumentException("total: " + total + " must be positive");
    }
    this.unitSize = Math.max(1, total / 1000);
    this.units = Math.toIntExact((total + unitSize - 1) / unitSize);
    this.free = new Semaphore(units, true);
  }

  /** Waits for a part; closing the lease gives it back. */
  public Lease acquire(long amount) {
    long wanted = (Math.max(1, amount) + unitSize - 1) / unitSize;
    int granted = (int) Math.min(units, wanted);
    free.acquireUninterruptibly(granted);
    return () -> free.release(granted);
  }

  /** A part of a budget, held until it is closed. Close it once. */
  @FunctionalInterface
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }
}
