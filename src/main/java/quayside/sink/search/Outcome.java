package quayside.sink.search;

/** What became of one {@link Change}. */
sealed interface Outcome {

  /** The index holds this change now. */
  record Applied() implements Outcome {}

  /** The index held this version or a newer one already, or the same batch has a newer one. */
  record Stale() implements Outcome {}

  /**
   * The index can never hold this change; the others of the batch are not affected.
   *
   * @param code stable: a metric tag and a dead letter cause
   * @param message one line that names field and rule
   */
  record Failed(String code, String message) implements Outcome {}

  /** The one {@link Applied}. */
  Outcome APPLIED = new Applied();

  /** The one {@link Stale}. */
  Outcome STALE = new Stale();
}
