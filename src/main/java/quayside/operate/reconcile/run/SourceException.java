package quayside.operate.reconcile.run;

/** What is in the bucket cannot be read; the run stops and can be resumed. */
final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  SourceException(String message) {
    super(message);
  }

  SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
