package quayside.callback.journal;

/**
 * Where a record stands in the journal.
 *
 * @param sequence counts from 0, one for each acknowledged record, never reused
 */
public record Position(long sequence) {

  public Position {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + " is negative");
    }
  }
}
