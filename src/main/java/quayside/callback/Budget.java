package quayside.callback;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How the time of one request is shared out, from its first byte to its answer. OSS hangs up after
 * 5 s.
 *
 * @param whole all of it
 * @param reading until the last byte of the body has arrived, at most
 * @param publishing for Kafka's acknowledgement, at most
 * @param journal kept back for the journal when Kafka does not acknowledge; zero without a journal
 */
record Budget(Duration whole, Duration reading, Duration publishing, Duration journal) {

  /**
   * The clock of one request begins to run.
   *
   * @param timers set on the event loop of the request
   * @param loop runs what follows there
   * @param firstByte {@link System#nanoTime()} when its first byte arrived
   */
  Deadline start(ScheduledExecutorService timers, Executor loop, long firstByte) {
    return new Deadline(this, timers, loop, firstByte);
  }
}
