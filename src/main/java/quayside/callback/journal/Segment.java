package quayside.callback.journal;

/**
 * One file of the journal, as writer and drainer share it. Thread-safe: the writer alone moves the
 * extent, the drainer reads up to it.
 */
final class Segment {
  private final SegmentName name;
  private volatile Extent extent;
  private volatile boolean sealed;
  private volatile boolean damaged;

  /**
   * The part of the file that is durable and may be read.
   *
   * @param end the offset after its last record
   * @param nextSequence the sequence after its last record
   */
  record Extent(long end, long nextSequence) {}

  Segment(SegmentName name) {
    this.name = name;
    this.extent = new Extent(SegmentHeader.BYTES, name.firstSequence());
  }

  SegmentName name() {
    return name;
  }

  Extent extent() {
    return extent;
  }

  boolean isEmpty() {
    return extent.nextSequence() == name.firstSequence();
  }

  /** Records up to here are durable. */
  void extendTo(Extent durable) {
    extent = durable;
  }

  /** No more will be written; the extent is final. */
  void seal() {
    sealed = true;
  }

  /** Ask this before the extent: a sealed segment's extent no longer moves. */
  boolean isSealed() {
    return sealed;
  }

  /** Something in it cannot be read: the file must be kept. */
  void markDamaged() {
    damaged = true;
  }

  boolean isDamaged() {
    return damaged;
  }
}
