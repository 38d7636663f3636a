package quayside.callback.journal;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * The file that tells up to where all is published, written atomically (new file, fsync, rename).
 * It may lag: then some records are published again after a crash, which their event ids make
 * harmless. A damaged one counts as absent.
 *
 * <pre>
 * 0  8  "QUAYCURS"     8  4  format version     12  8  next sequence to publish     20  4  CRC32C of bytes 0-19
 * </pre>
 */
final class Cursor {
  static final String FILE = "cursor";
  private static final String NEW_FILE = "cursor.new";
  private static final Logger LOG = Logger.getLogger(Cursor.class);
  private static final int BYTES = 24;
  private static final int CHECKED_BYTES = 20;
  private static final int VERSION = 1;
  private static final long MAGIC =
      ByteBuffer.wrap("QUAYCURS".getBytes(StandardCharsets.US_ASCII)).getLong();

  private final Storage storage;

  Cursor(Storage storage) {
    this.storage = storage;
  }

  /** The next sequence to publish; 0 when nothing is known. */
  long read() throws IOException {
    if (!storage.list().contains(FILE)) {
      return 0;
    }
    ByteBuffer bytes = bytes();
    if (bytes.limit() < BYTES
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(CHECKED_BYTES) != FrameHeader.checksum(bytes, 0, CHECKED_BYTES)) {
      LOG.warnf(
          "what is in the journal will be published again %s", REASON.of("journal-cursor-damaged"));
      return 0;
    }
    if (bytes.getInt(8) != VERSION) {
      throw new JournalVersionException("the journal cursor", bytes.getInt(8), VERSION);
    }
    return Math.max(0, bytes.getLong(12));
  }

  private ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try (JournalFile file = storage.open(FILE)) {
      file.readFully(bytes, 0);
    } catch (IOException e) {
      LOG.warnf(
          "the cursor cannot be read %s %s",
          REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
    }
    return bytes.flip();
  }

  /** Replaces the cursor, durably. */
  void write(long nextSequence) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putInt(VERSION).putLong(nextSequence);
    bytes.putInt(FrameHeader.checksum(bytes, 0, CHECKED_BYTES)).flip();
    storage.delete(NEW_FILE);
    try (JournalFile file = storage.create(NEW_FILE)) {
      file.writeFully(bytes, 0);
      file.force();
    }
    storage.rename(NEW_FILE, FILE);
    storage.syncDirectory();
  }
}
