package quayside.callback.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import quayside.event.EventRecord;

/**
 * Reads a segment's frames one after the other, and finds the next good one after damage. Sequences
 * rise from frame to frame; one at or over the limit ends the segment (it was written, never
 * acknowledged, and its sequence used again in the next segment). Time is linear in the file,
 * memory bounded by the largest record. Not thread-safe.
 */
final class FrameScanner {
  private final ScanWindow window;
  private final long marker;
  private final long sequenceLimit;
  private long position;
  private long end;
  private long nextSequence;

  /**
   * A scan of a segment after its header.
   *
   * @param sequenceLimit sequences from here on belong to later segments
   * @param end where the readable part of the file ends
   */
  FrameScanner(JournalFile file, long marker, long firstSequence, long sequenceLimit, long end) {
    this.window = new ScanWindow(file);
    this.marker = marker;
    this.nextSequence = firstSequence;
    this.sequenceLimit = sequenceLimit;
    this.position = SegmentHeader.BYTES;
    this.end = end;
  }

  /** More of the file may be read now. */
  void extendTo(long newEnd) {
    end = newEnd;
  }

  /** Whether damage is what the disk could not read, rather than what was written. */
  boolean metUnreadable() {
    return window.metUnreadable();
  }

  /** The next frame or damage, or null at the end. */
  @Nullable Scan next() throws IOException {
    if (position >= end) {
      return null;
    }
    FrameHeader header = headerAtPosition();
    if (header == null) {
      return damageUpTo(nextFrame(position + 1), false);
    }
    if (header.sequence() >= sequenceLimit) {
      position = end;
      return null;
    }
    if (position + header.frameBytes() > end) {
      return damageUpTo(end, false);
    }
    return frame(header);
  }

  private @Nullable FrameHeader headerAtPosition() throws IOException {
    return window.load(position, FrameHeader.BYTES, end) < FrameHeader.BYTES
        ? null
        : FrameHeader.at(window.bytes(), window.index(position), marker);
  }

  private Scan frame(FrameHeader header) throws IOException {
    long frameEnd = position + header.frameBytes();
    if (window.load(position, (int) header.frameBytes(), end) < header.frameBytes()) {
      return damageUpTo(end, false);
    }
    int body = window.index(position) + FrameHeader.BYTES;
    boolean intact =
        header.sequence() >= nextSequence
            && FrameHeader.checksum(window.bytes(), body, header.length()) == header.checksum();
    EventRecord record = intact ? decode(body, header.length()) : null;
    if (record == null) {
      return damageUpTo(frameEnd, true);
    }
    nextSequence = header.sequence() + 1;
    Scan frame = new Scan.Frame(header, record, position, frameEnd);
    position = frameEnd;
    return frame;
  }

  private @Nullable EventRecord decode(int index, int length) throws JournalVersionException {
    try {
      return RecordCodec.decode(window.bytes().slice(index, length));
    } catch (RecordCodec.MalformedException e) {
      return null;
    }
  }

  private Scan damageUpTo(long damageEnd, boolean whole) {
    Scan damage = new Scan.Damage(position, damageEnd, whole);
    position = damageEnd;
    return damage;
  }

  /** The first offset from here on at which a good frame header stands, or the end. */
  private long nextFrame(long from) throws IOException {
    long at = from;
    while (at + FrameHeader.BYTES <= end) {
      int there = window.load(at, FrameHeader.BYTES, end);
      if (there < FrameHeader.BYTES) {
        return end;
      }
      int first = window.index(at);
      int last = first + there - FrameHeader.BYTES;
      for (int index = first; index <= last; index++) {
        if (FrameHeader.at(window.bytes(), index, marker) != null) {
          return at + (index - first);
        }
      }
      at += last - first + 1;
    }
    return end;
  }
}
