package quayside.callback.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before each record in a segment, 36 bytes:
 *
 * <pre>
 *  0  8  marker of the segment      16  8  time written, ms      28  4  CRC32C of the record
 *  8  8  sequence                   24  4  length of the record  32  4  CRC32C of bytes 0-31
 * </pre>
 *
 * The marker, random per segment, lets a scan find the next frame after damage; nobody who sends us
 * data can know it, so no content can pass for a frame. A checksum of its own makes the length
 * trustworthy when only the record is damaged.
 */
record FrameHeader(long sequence, long writtenAtMillis, int length, int checksum) {
  static final int BYTES = 36;
  private static final int CHECKED_BYTES = 32;

  /** The frame's size, header and record. */
  long frameBytes() {
    return BYTES + (long) length;
  }

  void write(ByteBuffer into, long marker) {
    int start = into.position();
    into.putLong(marker).putLong(sequence).putLong(writtenAtMillis).putInt(length).putInt(checksum);
    into.putInt(checksum(into, start, CHECKED_BYTES));
  }

  /** The header at an index, or null when none is there. Leaves the buffer's position alone. */
  static @Nullable FrameHeader at(ByteBuffer bytes, int index, long marker) {
    if (bytes.getLong(index) != marker
        || bytes.getInt(index + CHECKED_BYTES) != checksum(bytes, index, CHECKED_BYTES)) {
      return null;
    }
    int length = bytes.getInt(index + 24);
    if (length < 1 || length > JournalLimits.HARD_MAX_RECORD_BYTES) {
      return null;
    }
    return new FrameHeader(
        bytes.getLong(index + 8), bytes.getLong(index + 16), length, bytes.getInt(index + 28));
  }

  /** CRC32C of a part of a buffer. */
  static int checksum(ByteBuffer bytes, int index, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(index, length));
    return (int) crc.getValue();
  }
}
