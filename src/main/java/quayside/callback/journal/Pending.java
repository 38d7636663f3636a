package quayside.callback.journal;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A record that waits for the writer. */
final class Pending {
  private final byte[] record;
  private final int checksum;
  private final CompletableFuture<Position> acknowledgement = new CompletableFuture<>();

  Pending(byte[] record) {
    this.record = record;
    this.checksum = FrameHeader.checksum(ByteBuffer.wrap(record), 0, record.length);
  }

  CompletableFuture<Position> acknowledgement() {
    return acknowledgement;
  }

  int frameBytes() {
    return FrameHeader.BYTES + record.length;
  }

  void write(ByteBuffer into, long marker, long sequence, long nowMillis) {
    new FrameHeader(sequence, nowMillis, record.length, checksum).write(into, marker);
    into.put(record);
  }

  void refuse(JournalRefusedException why) {
    acknowledgement.completeExceptionally(why);
  }
}
