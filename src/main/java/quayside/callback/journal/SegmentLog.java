package quayside.callback.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The end of the journal, where segments are made, filled and ended. Belongs to the writer thread.
 */
final class SegmentLog {
  private final Storage storage;
  private final JournalLimits limits;
  private final Segments segments;
  private final Room room;

  /** Not static: native images refuse a random generator made at build time. */
  private final SecureRandom markers = new SecureRandom();

  private long nextSegment;
  private long nextSequence;
  private @Nullable SegmentWriter active;

  SegmentLog(
      Storage storage, JournalLimits limits, Segments segments, Room room, Recovery.State state) {
    this.storage = storage;
    this.limits = limits;
    this.segments = segments;
    this.room = room;
    this.nextSegment = state.nextSegment();
    this.nextSequence = state.nextSequence();
  }

  /** The file system is so full that writing is not even tried. */
  static final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1;

    DiskFullException(long usableBytes, long minFreeBytes) {
      super(usableBytes + " bytes are free, " + minFreeBytes + " must stay free");
    }
  }

  /** Fails when nothing could be written now; makes a segment when there is none. */
  void check() throws IOException {
    long usable = storage.usableBytes();
    if (usable < limits.minFreeBytes()) {
      throw new DiskFullException(usable, limits.minFreeBytes());
    }
    if (active == null) {
      begin();
    }
  }

  /** The segment to which a group of this size will go. */
  Segment segmentFor(int groupBytes) throws IOException {
    check();
    Segment segment = current().segment();
    if (!segment.isEmpty() && segment.extent().end() + groupBytes > limits.segmentBytes()) {
      rotate();
    }
    return current().segment();
  }

  long nextSequence() {
    return nextSequence;
  }

  /**
   * Writes frames to the segment that was asked for, and fsyncs. After a failure that segment is
   * not used again.
   */
  void append(ByteBuffer frames, int count) throws IOException {
    try {
      current().append(frames, nextSequence + count);
      nextSequence += count;
    } catch (IOException | RuntimeException e) {
      abandon();
      throw e;
    }
  }

  /**
   * Ends the segment when all is published, so that the drainer can delete it: no event stays
   * longer than it must.
   */
  void rotateWhenDrained(Backlog backlog) throws IOException {
    if (active != null && !active.segment().isEmpty() && backlog.depth() == 0) {
      rotate();
    }
  }

  private void abandon() {
    if (active != null) {
      active.abandon();
      active = null;
    }
  }

  void close() {
    if (active != null) {
      active.seal();
      if (active.segment().isEmpty()) {
        segments.retire(active.segment());
      }
      active = null;
    }
  }

  private void rotate() throws IOException {
    current().seal();
    active = null;
    begin();
  }

  private void begin() throws IOException {
    SegmentWriter begun =
        SegmentWriter.create(
            storage, new SegmentName(nextSegment, nextSequence, markers.nextLong()));
    nextSegment++;
    room.occupy(SegmentHeader.BYTES);
    segments.add(begun.segment());
    active = begun;
  }

  private SegmentWriter current() {
    if (active == null) {
      throw new IllegalStateException("no segment is begun");
    }
    return active;
  }
}
