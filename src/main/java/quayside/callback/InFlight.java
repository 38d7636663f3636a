package quayside.callback;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all requests together occupy, so that a flood is answered at once instead of being
 * queued: a number of requests between the last byte of the body and the answer, and a number of
 * bytes of bodies between their arrival and the answer. Thread-safe, lock-free.
 *
 * <p>A request that is still being read is bounded by its bytes alone. If it occupied one of the
 * places, as many connections as there are places, each sending a body slowly, would shut OSS out;
 * what such a connection costs is what it has sent.
 */
final class InFlight {
  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  InFlight(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** Whether a request that has arrived would find a place now. */
  boolean hasPlace() {
    return requests.get() < maxRequests;
  }

  /** Requests that have a place. */
  int requests() {
    return requests.get();
  }

  /** Bytes of bodies that are held. */
  long bytes() {
    return bytes.get();
  }

  /** What a new request occupies: nothing yet. */
  Share begin() {
    return new Share();
  }

  /** What one request occupies. Used by one thread at a time. */
  final class Share {
    private int held;
    private boolean placed;

    /** Bytes of the body arrived. */
    void hold(int count) throws CallbackRefusedException {
      if (bytes.addAndGet(count) > maxBytes) {
        bytes.addAndGet(-count);
        throw new CallbackRefusedException(RefusalReason.OVERLOADED);
      }
      held += count;
    }

    /** The body is complete; the request is to be decided. */
    void enter() throws CallbackRefusedException {
      if (requests.incrementAndGet() > maxRequests) {
        requests.decrementAndGet();
        throw new CallbackRefusedException(RefusalReason.OVERLOADED);
      }
      placed = true;
    }

    /** The request is answered. Idempotent. */
    void leave() {
      bytes.addAndGet(-held);
      held = 0;
      if (placed) {
        placed = false;
        requests.decrementAndGet();
      }
    }
  }
}
