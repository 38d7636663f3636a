package quayside.callback.journal;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes, and how many of them are taken. Thread-safe, never blocks. */
final class Room {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Room(long limit) {
    this.limit = limit;
  }

  /** Takes bytes if they fit. */
  boolean reserve(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Takes bytes even if they do not fit: they are on the disk already. */
  void occupy(long bytes) {
    used.addAndGet(bytes);
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  boolean fits(long bytes) {
    return used.get() + bytes <= limit;
  }

  long used() {
    return used.get();
  }
}
