package quayside.operate.explain;

/** A capture cannot be understood; the message says what is wrong where. */
public final class UnreadableCaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableCaptureException(String message) {
    super(message);
  }
}
