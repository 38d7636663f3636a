package quayside.callback.journal;

import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SEGMENT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.EventRecord;

/**
 * Reads durable records in order, following the writer from segment to segment and passing over
 * damage. Not thread-safe: belongs to the drainer's thread.
 */
final class JournalReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(JournalReader.class);

  private final Storage storage;
  private final Segments segments;
  private final Counters counters;
  private long nextSequence;
  private @Nullable Segment segment;
  private @Nullable JournalFile file;
  private @Nullable FrameScanner scanner;

  JournalReader(Storage storage, Segments segments, Counters counters, long nextSequence) {
    this.storage = storage;
    this.segments = segments;
    this.counters = counters;
    this.nextSequence = nextSequence;
  }

  /** A durable record. */
  record Entry(long sequence, long writtenAtMillis, EventRecord record) {}

  /**
   * What was read.
   *
   * @param entries in order
   * @param nextSequence all before it is in this batch or an earlier one, or cannot be read
   */
  record Batch(List<Entry> entries, long nextSequence) {
    Batch {
      entries = List.copyOf(entries);
    }
  }

  /** The next records, none when all is read. Does not wait. */
  Batch read(int maxRecords, long maxBytes) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    while (entries.size() < maxRecords && bytes < maxBytes) {
      Scan.Frame frame = nextFrame();
      if (frame == null) {
        break;
      }
      if (frame.header().sequence() >= nextSequence) {
        nextSequence = frame.header().sequence() + 1;
        entries.add(
            new Entry(frame.header().sequence(), frame.header().writtenAtMillis(), frame.record()));
        bytes += frame.header().length();
      }
    }
    return new Batch(entries, nextSequence);
  }

  private Scan.@Nullable Frame nextFrame() throws IOException {
    while (segment != null || enter(segments.first())) {
      boolean sealed = current().isSealed();
      Segment.Extent extent = current().extent();
      Scan.Frame frame = frameUpTo(extent.end());
      if (frame != null) {
        return frame;
      }
      nextSequence = Math.max(nextSequence, extent.nextSequence());
      if (!sealed || !enter(segments.after(current()))) {
        return null;
      }
    }
    return null;
  }

  private Scan.@Nullable Frame frameUpTo(long end) throws IOException {
    FrameScanner frames = scanner();
    frames.extendTo(end);
    for (Scan scan = frames.next(); scan != null; scan = frames.next()) {
      switch (scan) {
        case Scan.Frame frame -> {
          return frame;
        }
        case Scan.Damage damage -> note(damage);
      }
    }
    return null;
  }

  private void note(Scan.Damage damage) {
    if (!current().isDamaged()) {
      current().markDamaged();
      counters.corruptRegions.increment();
    }
    LOG.errorf(
        "bytes %d to %d cannot be read and are not published %s %s",
        damage.start(),
        damage.end(),
        SEGMENT.of(current().name().file()),
        REASON.of("journal-corrupt"));
  }

  private boolean enter(@Nullable Segment next) throws IOException {
    if (next == null) {
      return false;
    }
    close();
    segment = next;
    return true;
  }

  private Segment current() {
    if (segment == null) {
      throw new IllegalStateException("no segment is entered");
    }
    return segment;
  }

  private FrameScanner scanner() throws IOException {
    if (scanner == null) {
      SegmentName name = current().name();
      file = storage.open(name.file());
      scanner =
          new FrameScanner(
              file, name.marker(), name.firstSequence(), Long.MAX_VALUE, SegmentHeader.BYTES);
    }
    return scanner;
  }

  @Override
  public void close() throws IOException {
    scanner = null;
    if (file != null) {
      JournalFile closing = file;
      file = null;
      closing.close();
    }
  }
}
