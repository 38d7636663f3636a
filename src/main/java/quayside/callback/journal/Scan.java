package quayside.callback.journal;

import quayside.event.EventRecord;

/** What a {@link FrameScanner} finds next in a segment. */
sealed interface Scan {

  /**
   * A record with a good checksum.
   *
   * @param start offset of its frame
   * @param end offset after its frame
   */
  record Frame(FrameHeader header, EventRecord record, long start, long end) implements Scan {}

  /**
   * A stretch that holds no readable record.
   *
   * @param whole whether it is a complete frame of which the record alone is damaged: not the trace
   *     of a write cut short
   */
  record Damage(long start, long end, boolean whole) implements Scan {}
}
