package quayside.callback.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file, the seam at which tests make the disk fail. Safe for one writer and many readers.
 */
interface JournalFile extends AutoCloseable {
  /** Tries before a write that makes no progress is a failure. */
  int MAX_EMPTY_WRITES = 16;

  /** Reads some bytes; -1 at the end of the file. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Writes some bytes, perhaps not all. */
  int write(ByteBuffer from, long position) throws IOException;

  /**
   * Returns when data and size are on the disk. After a failure nothing written since the last
   * success is certain.
   */
  void force() throws IOException;

  long size() throws IOException;

  void truncate(long size) throws IOException;

  @Override
  void close() throws IOException;

  /** Reads until the buffer is full or the file ends. */
  default void readFully(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = read(into, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  /** Writes all of the buffer. */
  default void writeFully(ByteBuffer from, long position) throws IOException {
    long at = position;
    int empty = 0;
    while (from.hasRemaining()) {
      int count = write(from, at);
      at += count;
      empty = count == 0 ? empty + 1 : 0;
      if (empty > MAX_EMPTY_WRITES) {
        throw new IOException("the file takes no more bytes");
      }
    }
  }
}
