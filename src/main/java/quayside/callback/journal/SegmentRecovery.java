package quayside.callback.journal;

import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SEGMENT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads one segment when the journal is opened. Damage with a good record after it is corruption:
 * passed over, counted, the file to be kept. Damage up to the end is, in the last segment, a write
 * the crash cut short: it was never acknowledged and is cut off; unless the disk could not read it:
 * then it stays. Where it holds a complete frame it might have been acknowledged and decayed since,
 * so then a copy is kept, and it counts as corruption too. Used once, by one thread.
 */
final class SegmentRecovery {
  private static final Logger LOG = Logger.getLogger(SegmentRecovery.class);

  private final Storage storage;
  private final Counters counters;
  private final Segment segment;
  private final JournalFile file;
  private final long size;
  private final List<Scan.Damage> sinceLastFrame = new ArrayList<>();
  private long firstWaitingAtMillis = -1;

  SegmentRecovery(Storage storage, Counters counters, SegmentName name, JournalFile file)
      throws IOException {
    this.storage = storage;
    this.counters = counters;
    this.segment = new Segment(name);
    this.file = file;
    this.size = file.size();
  }

  /**
   * Reads all of it.
   *
   * @param sequenceLimit the first sequence of the next segment
   * @param published records before this sequence do not wait any more
   * @param last whether no segment follows
   */
  Segment run(long sequenceLimit, long published, boolean last) throws IOException {
    checkHeader();
    SegmentName name = segment.name();
    FrameScanner scanner =
        new FrameScanner(file, name.marker(), name.firstSequence(), sequenceLimit, size);
    for (Scan scan = scanner.next(); scan != null; scan = scanner.next()) {
      switch (scan) {
        case Scan.Damage damage -> sinceLastFrame.add(damage);
        case Scan.Frame frame -> note(frame, published);
      }
    }
    if (last && !scanner.metUnreadable()) {
      cutOffTail();
    } else {
      reportCorruption();
    }
    segment.seal();
    return segment;
  }

  /** When the first record that waits was written; -1 when none does. */
  long firstWaitingAtMillis() {
    return firstWaitingAtMillis;
  }

  private void checkHeader() throws IOException {
    ScanWindow window = new ScanWindow(file);
    window.load(0, SegmentHeader.BYTES, size);
    if (!SegmentHeader.isIntact(window.bytes(), segment.name().file())) {
      sinceLastFrame.add(new Scan.Damage(0, Math.min(size, SegmentHeader.BYTES), false));
    }
  }

  private void note(Scan.Frame frame, long published) {
    reportCorruption();
    long sequence = frame.header().sequence();
    segment.extendTo(new Segment.Extent(frame.end(), sequence + 1));
    if (firstWaitingAtMillis < 0 && sequence >= published) {
      firstWaitingAtMillis = frame.header().writtenAtMillis();
    }
  }

  private void reportCorruption() {
    for (Scan.Damage damage : sinceLastFrame) {
      segment.markDamaged();
      counters.corruptRegions.increment();
      LOG.errorf(
          "bytes %d to %d cannot be read and are passed over %s %s",
          damage.start(),
          damage.end(),
          SEGMENT.of(segment.name().file()),
          REASON.of("journal-corrupt"));
    }
    sinceLastFrame.clear();
  }

  private void cutOffTail() throws IOException {
    long end = segment.extent().end();
    if (size <= end) {
      return;
    }
    if (sinceLastFrame.stream().anyMatch(Scan.Damage::whole)) {
      counters.corruptRegions.increment();
      keepCopy(end);
    }
    file.truncate(end);
    file.force();
    counters.tornBytes.add(size - end);
    LOG.warnf(
        "cut off the last %d bytes, written but not acknowledged %s %s",
        size - end, SEGMENT.of(segment.name().file()), REASON.of("journal-torn-tail"));
  }

  private void keepCopy(long from) throws IOException {
    String name = segment.name().file() + "." + from + Segments.KEPT;
    storage.delete(name);
    ScanWindow window = new ScanWindow(file);
    try (JournalFile copy = storage.create(name)) {
      for (long at = from; at < size; ) {
        int there = window.load(at, 1, size);
        copy.writeFully(window.bytes().slice(window.index(at), there), at - from);
        at += Math.max(there, 1);
      }
      copy.force();
    }
    storage.syncDirectory();
    LOG.errorf(
        "its last bytes are kept in %s %s %s",
        name, SEGMENT.of(segment.name().file()), REASON.of("journal-corrupt"));
  }
}
