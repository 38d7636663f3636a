package quayside.contract;

/**
 * A change that somebody's reader would not survive, and of whom that is true.
 *
 * @param where file and place in it
 * @param rule which of the rules it breaks
 * @param change what was and what is
 */
record Break(String where, Rule rule, String change) {

  /**
   * What may not happen within a major version; {@code schemas/EVOLUTION.md} has them as a table.
   */
  enum Rule {
    REMOVED("old readers miss it"),
    RETYPED("old readers cannot read the new, new readers not the old"),
    NULL_ADDED("old readers do not expect null"),
    NULL_REMOVED("new readers refuse null in old events"),
    NARROWED("new readers refuse old events"),
    WIDENED("old readers refuse new events"),
    CHANGED("readers rely on it as it was"),
    NEW_REQUIRED("old events do not have it"),
    NOW_REQUIRED("old events may not have it"),
    NOW_OPTIONAL("old readers rely on it"),
    KEPT_SHORTER("readers count on what they may still find"),
    NOT_KNOWN("the gate does not know this keyword: teach it, or do without");

    private final String why;

    Rule(String why) {
      this.why = why;
    }
  }

  @Override
  public String toString() {
    return where + ": " + change + " [" + rule + ": " + rule.why + "]";
  }
}
