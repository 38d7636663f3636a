package quayside.callback.journal;

/**
 * Why the journal did not take a record. Each is an honest 503 to the caller; the record is not
 * kept.
 */
public enum Refusal {
  /** Too many records or bytes wait for the disk. */
  BUSY("journal-busy"),
  /** The segments together are at {@link JournalLimits#maxBytes()}. */
  FULL("journal-full"),
  /**
   * The oldest record waits longer than {@link JournalLimits#maxAge()}: Kafka is away for too long,
   * a human must look.
   */
  STALE("journal-stale"),
  /** The file system has less than {@link JournalLimits#minFreeBytes()} left. */
  DISK_FULL("journal-disk-full"),
  /** The disk failed a write or an fsync; tried again every second. */
  IO_ERROR("journal-io-error"),
  /** The record is over {@link JournalLimits#maxRecordBytes()}. */
  TOO_LARGE("journal-record-too-large"),
  /** The journal is closed. */
  CLOSED("journal-closed");

  private final String code;

  Refusal(String code) {
    this.code = code;
  }

  /** The stable reason code, for the answer's body, metrics and logs. */
  public String code() {
    return code;
  }
}
