package quayside.callback;

/** What becomes of a value before its event leaves the edge; from the mildest to the strictest. */
enum RedactAction {
  /** It is published as it is. */
  KEEP,
  /** A pseudonym takes its place: equal values stay equal. */
  HASH,
  /** It is left out. */
  DROP;

  /** The stricter of two. */
  RedactAction or(RedactAction other) {
    return compareTo(other) < 0 ? other : this;
  }
}
