package quayside.callback.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * A moving view of a file, at most one record larger than its usual size. Pages the disk cannot
 * read appear as zeros, hence as damage, so that one bad sector does not block what follows. Not
 * thread-safe.
 */
final class ScanWindow {
  private static final int USUAL_BYTES = 256 << 10;
  private static final int PAGE_BYTES = 4096;

  private final JournalFile file;
  private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES).limit(0);
  private long start;
  private boolean unreadable;

  ScanWindow(JournalFile file) {
    this.file = file;
  }

  /** The loaded bytes; valid until the next load. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Whether the disk failed to read some page so far. */
  boolean metUnreadable() {
    return unreadable;
  }

  /** The index in {@link #bytes()} of an offset that was loaded. */
  int index(long offset) {
    return (int) (offset - start);
  }

  /**
   * Makes sure that bytes are in the view.
   *
   * @param end where the readable part of the file ends
   * @return how many bytes are there from the offset on; less than wanted only at the end
   */
  int load(long offset, int wanted, long end) throws IOException {
    if (offset < start || offset + wanted > start + bytes.limit()) {
      fill(offset, wanted, end);
    }
    return bytes.limit() - index(offset);
  }

  private void fill(long offset, int wanted, long end) throws IOException {
    if (wanted > bytes.capacity()) {
      bytes = ByteBuffer.allocate(wanted);
    }
    start = offset;
    bytes.clear().limit((int) Math.min(bytes.capacity(), Math.max(0, end - offset)));
    try {
      file.readFully(bytes, offset);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      readByPages();
    }
    bytes.flip();
  }

  private void readByPages() throws IOException {
    int limit = bytes.limit();
    for (int from = 0; from < limit; from += PAGE_BYTES) {
      int to = Math.min(limit, from + PAGE_BYTES);
      ByteBuffer page = bytes.slice(from, to - from);
      try {
        file.readFully(page, start + from);
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        unreadable = true;
        page.position(0);
      }
      page.put(new byte[page.remaining()]);
    }
    bytes.position(limit);
  }
}
