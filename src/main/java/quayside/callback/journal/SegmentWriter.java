package quayside.callback.journal;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SEGMENT;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jboss.logging.Logger;

/** The segment being written. Belongs to the writer thread. */
final class SegmentWriter {
  private static final Logger LOG = Logger.getLogger(SegmentWriter.class);

  private final Storage storage;
  private final Segment segment;
  private final JournalFile file;

  private SegmentWriter(Storage storage, Segment segment, JournalFile file) {
    this.storage = storage;
    this.segment = segment;
    this.file = file;
  }

  /** Creates a segment, durably, so that only its size is left to grow. */
  static SegmentWriter create(Storage storage, SegmentName name) throws IOException {
    JournalFile file = storage.create(name.file());
    try {
      file.writeFully(SegmentHeader.write(SegmentHeader.VERSION), 0);
      file.force();
      storage.syncDirectory();
      return new SegmentWriter(storage, new Segment(name), file);
    } catch (IOException e) {
      discard(storage, file, name, e);
      throw e;
    }
  }

  private static void discard(
      Storage storage, JournalFile file, SegmentName name, IOException cause) {
    try {
      file.close();
      storage.delete(name.file());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  Segment segment() {
    return segment;
  }

  /** Writes frames and returns when they are on the disk. */
  void append(ByteBuffer frames, long nextSequence) throws IOException {
    Segment.Extent before = segment.extent();
    int bytes = frames.remaining();
    file.writeFully(frames, before.end());
    file.force();
    segment.extendTo(new Segment.Extent(before.end() + bytes, nextSequence));
  }

  /** Ends the segment. All in it is durable already. */
  void seal() {
    segment.seal();
    close();
  }

  /**
   * Ends the segment after a failure. What a failed fsync leaves in the page cache may never reach
   * the disk, although a second fsync would succeed: so all after the last success is cut off, and
   * the next record goes to another file.
   */
  void abandon() {
    segment.seal();
    close();
    String name = segment.name().file();
    try (JournalFile again = storage.open(name)) {
      again.truncate(segment.extent().end());
      again.force();
    } catch (IOException e) {
      LOG.warnf(
          "unacknowledged bytes remain %s %s %s",
          SEGMENT.of(name), REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
    }
  }

  private void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warnf(
          "a segment is not closed %s %s %s",
          SEGMENT.of(segment.name().file()),
          REASON.of("journal-io-error"),
          CAUSE.of(e.getMessage()));
    }
  }
}
