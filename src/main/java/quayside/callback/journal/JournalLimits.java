package quayside.callback.journal;

import java.time.Duration;

/**
 * What the journal may use. Over a limit new records are refused; what is in it stays until it is
 * published.
 *
 * @param maxRecordBytes largest encoded record; at most {@link #HARD_MAX_RECORD_BYTES}
 * @param segmentBytes size at which a new segment is begun
 * @param maxBytes all segments together
 * @param maxAge when the oldest record waits longer than this, new ones are refused: past it,
 *     consumers' own windows (retention, inbox) no longer cover a late event, so a human decides.
 *     Nothing is dropped.
 * @param maxWaitingRecords records that may wait for the writer
 * @param maxWaitingBytes bytes that may wait for the writer; bounds the memory
 * @param minFreeBytes what the file system must keep free, so that the cursor can always be written
 */
public record JournalLimits(
    int maxRecordBytes,
    long segmentBytes,
    long maxBytes,
    Duration maxAge,
    int maxWaitingRecords,
    long maxWaitingBytes,
    long minFreeBytes) {

  /**
   * No record is ever larger; a length over it in a file is damage. Bounds what reading allocates.
   */
  public static final int HARD_MAX_RECORD_BYTES = 1 << 20;

  /**
   * Records of 1 MiB, as Kafka takes them by default, 64 MiB segments, 1 GiB in all, three days,
   * 10,000 records or 8 MiB waiting, 64 MiB kept free.
   */
  public static final JournalLimits DEFAULT =
      new JournalLimits(
          HARD_MAX_RECORD_BYTES,
          64L << 20,
          1L << 30,
          Duration.ofDays(3),
          10_000,
          8L << 20,
          64L << 20);

  public JournalLimits {
    if (maxRecordBytes < 1 || maxRecordBytes > HARD_MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "maxRecordBytes: " + maxRecordBytes + " is not within 1.." + HARD_MAX_RECORD_BYTES);
    }
    requirePositive("segmentBytes", segmentBytes);
    if (maxBytes < 2 * segmentBytes) {
      throw new IllegalArgumentException(
          "maxBytes: " + maxBytes + " is less than two segments of " + segmentBytes);
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge: " + maxAge + " is not positive");
    }
    requirePositive("maxWaitingRecords", maxWaitingRecords);
    if (maxWaitingBytes < FrameHeader.BYTES + maxRecordBytes) {
      throw new IllegalArgumentException(
          "maxWaitingBytes: "
              + maxWaitingBytes
              + " holds not even one record of "
              + maxRecordBytes);
    }
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException("minFreeBytes: " + minFreeBytes + " is negative");
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " is not positive");
    }
  }
}
