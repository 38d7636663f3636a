package quayside.callback.journal;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is durable and not yet published, as two sequences and the age of the first. Thread-safe;
 * reads take no lock, for every request asks.
 */
final class Backlog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private volatile long published;
  private volatile long durable;
  private volatile long oldestAtMillis;
  private boolean waitingOver;

  /**
   * The state found at opening.
   *
   * @param published the next sequence to publish
   * @param durable the next sequence to write
   */
  Backlog(long published, long durable, long oldestAtMillis) {
    this.published = published;
    this.durable = durable;
    this.oldestAtMillis = oldestAtMillis;
  }

  /** Records became durable. */
  void appended(long nextSequence, long writtenAtMillis) {
    lock.lock();
    try {
      if (published == durable) {
        oldestAtMillis = writtenAtMillis;
      }
      durable = nextSequence;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All before this sequence is published, or passed over. */
  void publishedUpTo(long nextSequence) {
    lock.lock();
    try {
      published = Math.max(published, nextSequence);
    } finally {
      lock.unlock();
    }
  }

  /** The time of the first record that waits, now that it is known exactly. */
  void oldestIs(long writtenAtMillis) {
    lock.lock();
    try {
      oldestAtMillis = writtenAtMillis;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something waits to be published, or waiting is over for good, or the time is over.
   */
  void awaitAny(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (published == durable && !waitingOver && left > 0) {
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody waits. */
  void endWaiting() {
    lock.lock();
    try {
      waitingOver = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next sequence to publish. */
  long published() {
    return published;
  }

  /** How many wait. The order of the reads matters: what is published was durable before. */
  long depth() {
    long before = published;
    return durable - before;
  }

  /** When the oldest waiting record was written; empty when none waits. */
  OptionalLong oldestAtMillis() {
    return depth() == 0 ? OptionalLong.empty() : OptionalLong.of(oldestAtMillis);
  }
}
