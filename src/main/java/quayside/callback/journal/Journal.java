package quayside.callback.journal;

import static quayside.log.LogField.BYTES;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.DEPTH;
import static quayside.log.LogField.REASON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import quayside.event.EventRecord;
import quayside.event.IngestPath;

/**
 * The local journal. What {@link #append} acknowledges is on the disk and will be published by a
 * {@link JournalDrainer}, in this process or the next. Thread-safe; {@code append} never blocks.
 * Does not publish by itself, and does not know Kafka.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Journal.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final Storage storage;
  private final JournalLimits limits;
  private final Clock clock;
  private final Cursor cursor;
  private final Counters counters = new Counters();
  private final Room room;
  private final Segments segments;
  private final Backlog backlog;
  private final GroupWriter writer;
  private final Thread writerThread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long savedCursor;

  private Journal(Storage storage, JournalLimits limits, Clock clock) throws IOException {
    this.storage = storage;
    this.limits = limits;
    this.clock = clock;
    this.cursor = new Cursor(storage);
    this.savedCursor = cursor.read();
    this.room = new Room(limits.maxBytes());
    this.segments = new Segments(storage, room);
    Recovery.State state = new Recovery(storage, segments, room, counters, savedCursor).run();
    this.backlog = state.backlog();
    SegmentLog log = new SegmentLog(storage, limits, segments, room, state);
    this.writer = new GroupWriter(log, limits, clock, backlog, room, counters);
    this.writerThread = Thread.ofPlatform().name("journal-writer").daemon().unstarted(writer);
  }

  /**
   * Opens a journal, creating the directory if need be. Takes as long as reading all of it takes.
   *
   * @throws JournalLockedException when another journal has the directory open
   * @throws JournalVersionException when a later version wrote in it
   * @throws IOException when the directory cannot be read or changed. A disk that is merely full
   *     does not prevent opening: what is in the journal can then still be drained
   */
  public static Journal open(Path directory, JournalLimits limits, Clock clock) throws IOException {
    return open(DiskStorage.open(directory), limits, clock);
  }

  static Journal open(Storage storage, JournalLimits limits, Clock clock) throws IOException {
    try {
      Journal journal = new Journal(storage, limits, clock);
      LOG.infof(
          "journal opened %s %s", DEPTH.of(journal.backlog.depth()), BYTES.of(journal.room.used()));
      journal.writerThread.start();
      return journal;
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /**
   * Keeps a record, with its attribute {@code ingestpath} set to {@code journal}: what is on the
   * disk is what will be published.
   *
   * @return completes when the record is on the disk, on the writer's thread (do not block there);
   *     fails with {@link JournalRefusedException} when it is not kept
   */
  public CompletionStage<Position> append(EventRecord record) {
    try {
      refuseIfImpossible();
      EventRecord marked = record.withAttribute(IngestPath.ATTRIBUTE, IngestPath.JOURNAL.value());
      Pending pending = new Pending(RecordCodec.encode(marked, limits.maxRecordBytes()));
      if (!room.reserve(pending.frameBytes())) {
        throw new JournalRefusedException(Refusal.FULL, "at its limit of " + limits.maxBytes());
      }
      if (!writer.submit(pending)) {
        room.release(pending.frameBytes());
        throw new JournalRefusedException(Refusal.BUSY, "too many records wait for the disk");
      }
      return pending.acknowledgement();
    } catch (JournalRefusedException e) {
      counters.refused(e.refusal());
      return CompletableFuture.failedFuture(e);
    }
  }

  private void refuseIfImpossible() {
    if (closed.get()) {
      throw new JournalRefusedException(Refusal.CLOSED, "the journal is closed");
    }
    JournalRefusedException trouble = writer.trouble();
    if (trouble != null) {
      throw trouble;
    }
    if (isStale()) {
      throw new JournalRefusedException(
          Refusal.STALE, "the oldest record waits longer than " + limits.maxAge());
    }
  }

  private boolean isStale() {
    return oldestAge().compareTo(limits.maxAge()) > 0;
  }

  private Duration oldestAge() {
    OptionalLong oldestAt = backlog.oldestAtMillis();
    return oldestAt.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, clock.millis() - oldestAt.getAsLong()));
  }

  /** Whether everything that was kept is published. */
  public boolean isEmpty() {
    return backlog.depth() == 0;
  }

  /** Whether a record of any allowed size would be taken now: for the readiness of the ingress. */
  public boolean hasRoom() {
    return !closed.get()
        && writer.trouble() == null
        && !isStale()
        && room.fits(largestFrame())
        && writer.hasRoomFor(largestFrame());
  }

  private long largestFrame() {
    return FrameHeader.BYTES + (long) limits.maxRecordBytes();
  }

  /** The journal at this moment, for metrics. */
  public JournalStats stats() {
    return new JournalStats(
        backlog.depth(),
        room.used(),
        oldestAge(),
        counters.appended.sum(),
        counters.drained.sum(),
        counters.rejected.sum(),
        counters.refused(),
        counters.corruptRegions.sum(),
        counters.tornBytes.sum());
  }

  /**
   * Writes what waits, fsyncs, ends the writer, saves the cursor, frees the directory. Close the
   * drainer first.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    writer.stop();
    try {
      if (!writerThread.join(CLOSE_LIMIT)) {
        LOG.errorf(
            "the disk does not answer within %s %s", CLOSE_LIMIT, REASON.of("journal-io-error"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publishedUpTo(backlog.published());
    saveCursor();
    try {
      storage.close();
    } catch (IOException e) {
      LOG.warnf(
          "the journal is not closed %s %s",
          REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
    }
  }

  // --- For the drainer, which is one thread
  // ---------------------------------------------------------------------------

  Backlog backlog() {
    return backlog;
  }

  Counters counters() {
    return counters;
  }

  JournalReader reader() {
    return new JournalReader(storage, segments, counters, backlog.published());
  }

  /** All before this sequence is published or set aside: what holds nothing else is deleted. */
  void publishedUpTo(long nextSequence) {
    backlog.publishedUpTo(nextSequence);
    if (segments.retireBelow(nextSequence)) {
      saveCursor();
    }
  }

  /**
   * Writes the cursor if it has moved. A failure costs repeated publishing after a crash, no more.
   */
  synchronized void saveCursor() {
    long published = backlog.published();
    if (published == savedCursor) {
      return;
    }
    try {
      cursor.write(published);
      savedCursor = published;
    } catch (IOException e) {
      LOG.warnf(
          "the cursor is not written %s %s",
          REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
    }
  }

  /** Keeps a record that cannot be published, before it is passed over. */
  void keepRejected(JournalReader.Entry entry) throws IOException {
    byte[] bytes = RecordCodec.encode(entry.record(), JournalLimits.HARD_MAX_RECORD_BYTES);
    String name = String.format("%018d-%d.rejected", entry.sequence(), entry.writtenAtMillis());
    storage.delete(name);
    try (JournalFile file = storage.create(name)) {
      file.writeFully(ByteBuffer.wrap(bytes), 0);
      file.force();
    }
    storage.syncDirectory();
    counters.rejected.increment();
  }
}
