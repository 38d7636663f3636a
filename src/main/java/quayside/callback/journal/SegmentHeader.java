package quayside.callback.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first 16 bytes of a segment; every later version keeps them so. All else that reading needs
 * is in the {@link SegmentName}, so that a damaged header loses nothing.
 *
 * <pre>
 * 0  8  "QUAYJRNL"     8  4  format version     12  4  CRC32C of bytes 0-11
 * </pre>
 */
final class SegmentHeader {
  static final int BYTES = 16;
  static final int VERSION = 1;
  private static final int CHECKED_BYTES = 12;
  private static final long MAGIC =
      ByteBuffer.wrap("QUAYJRNL".getBytes(StandardCharsets.US_ASCII)).getLong();

  private SegmentHeader() {}

  static ByteBuffer write(int version) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putInt(version);
    bytes.putInt(FrameHeader.checksum(bytes, 0, CHECKED_BYTES));
    return bytes.flip();
  }

  /**
   * Whether the bytes are a header that its writer finished and nothing has damaged since.
   *
   * @throws JournalVersionException when they are, and a later version wrote them
   */
  static boolean isIntact(ByteBuffer bytes, String name) throws JournalVersionException {
    boolean intact =
        bytes.limit() >= BYTES
            && bytes.getLong(0) == MAGIC
            && bytes.getInt(CHECKED_BYTES) == FrameHeader.checksum(bytes, 0, CHECKED_BYTES);
    if (intact && bytes.getInt(8) != VERSION) {
      throw new JournalVersionException("journal segment " + name, bytes.getInt(8), VERSION);
    }
    return intact;
  }
}
