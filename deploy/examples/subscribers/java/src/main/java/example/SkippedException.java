package example;

/** A record that is passed over, for this reason. Reading it again gives the same result. */
class SkippedException extends Exception {
  private static final long serialVersionUID = 1L;

  SkippedException(String reason) {
    super(reason);
  }
}
