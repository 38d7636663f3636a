package quayside.callback.journal;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.DEPTH;
import static quayside.log.LogField.REASON;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Publishes a journal's records in order, one thread for one journal. A key's next record is sent
 * when the one before is acknowledged; records of different keys travel together. At the first
 * failure it stops, pauses, and tries again from there, as often as it takes. Every record is
 * published at least once; after a crash some are published twice.
 */
public final class JournalDrainer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(JournalDrainer.class);
  private static final int BATCH_RECORDS = 2000;
  private static final long BATCH_BYTES = 4 << 20;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Journal journal;
  private final Publisher publisher;
  private final DrainSettings settings;
  private final Backoff backoff;
  private final Thread thread;
  private final Semaphore impatience = new Semaphore(0);
  private volatile boolean open = true;
  private long cursorSavedAt = System.nanoTime();
  private int failures;

  private JournalDrainer(Journal journal, Publisher publisher, DrainSettings settings) {
    this.journal = journal;
    this.publisher = publisher;
    this.settings = settings;
    this.backoff =
        new Backoff(settings.firstDelay(), settings.longestDelay(), new SplittableRandom());
    this.thread = Thread.ofPlatform().name("journal-drainer").daemon().unstarted(this::run);
  }

  /** Starts draining; the journal must not be drained already. */
  public static JournalDrainer start(Journal journal, Publisher publisher, DrainSettings settings) {
    JournalDrainer drainer = new JournalDrainer(journal, publisher, settings);
    drainer.thread.start();
    return drainer;
  }

  /** Ends the pause after a failure, if there is one, and tries again. */
  public void tryNow() {
    impatience.release();
  }

  /**
   * Stops sending, waits a little for what is in flight, ends the thread. What is not published
   * stays. Idempotent.
   */
  @Override
  public void close() {
    open = false;
    tryNow();
    journal.backlog().endWaiting();
    try {
      if (!thread.join(CLOSE_GRACE)) {
        thread.interrupt();
        if (!thread.join(CLOSE_LIMIT)) {
          LOG.errorf(
              "the publisher does not let the drainer end %s", REASON.of("journal-publish-failed"));
        }
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (isOpen()) {
        drainFromTheFirstUnpublished();
      }
      journal.saveCursor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong, reading begins again at what is not published. */
  private void drainFromTheFirstUnpublished() throws InterruptedException {
    try (JournalReader reader = journal.reader()) {
      while (isOpen()) {
        drainOnce(reader);
      }
    } catch (IOException | RuntimeException e) {
      pauseAfter(e);
    }
  }

  private void drainOnce(JournalReader reader) throws IOException, InterruptedException {
    JournalReader.Batch batch = reader.read(BATCH_RECORDS, BATCH_BYTES);
    List<JournalReader.Entry> left = batch.entries();
    while (!left.isEmpty() && isOpen()) {
      journal.backlog().oldestIs(left.getFirst().writtenAtMillis());
      left = publish(left);
    }
    journal.publishedUpTo(left.isEmpty() ? batch.nextSequence() : left.getFirst().sequence());
    saveCursorSometimes();
    if (batch.entries().isEmpty()) {
      journal.backlog().awaitAny(IDLE);
    }
  }

  /** One try; returns what is left to publish, in order. */
  private List<JournalReader.Entry> publish(List<JournalReader.Entry> entries)
      throws IOException, InterruptedException {
    PublishWindow window =
        new PublishWindow(publisher, settings.maxInFlight(), settings.publishTimeout());
    window.publish(entries);
    for (JournalReader.Entry entry : window.unpublishable()) {
      journal.keepRejected(entry);
    }
    List<JournalReader.Entry> left = window.unpublished();
    int rejected = window.unpublishable().size();
    journal.counters().drained.add(entries.size() - left.size() - rejected);
    if (window.failure() == null) {
      recovered();
    } else {
      journal.publishedUpTo(left.getFirst().sequence());
      failures = left.size() < entries.size() ? 0 : failures;
      pauseAfter(window.failure());
    }
    return left;
  }

  private void saveCursorSometimes() {
    if (System.nanoTime() - cursorSavedAt >= IDLE.toNanos()) {
      journal.saveCursor();
      cursorSavedAt = System.nanoTime();
    }
  }

  private void pauseAfter(Throwable failure) throws InterruptedException {
    failures++;
    if (failures == 1) {
      LOG.warnf(
          "draining pauses %s %s %s",
          DEPTH.of(journal.backlog().depth()),
          REASON.of("journal-publish-failed"),
          CAUSE.of(failure));
    }
    impatience.drainPermits();
    if (isOpen()
        && impatience.tryAcquire(backoff.delay(failures).toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("the pause ends early");
    }
  }

  private void recovered() {
    if (failures > 0) {
      failures = 0;
      LOG.infof("draining goes on %s", DEPTH.of(journal.backlog().depth()));
    }
  }

  private boolean isOpen() {
    return open;
  }
}
