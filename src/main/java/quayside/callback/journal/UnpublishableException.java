package quayside.callback.journal;

/**
 * The broker will never take this record (too large, invalid), however often it is sent. The
 * drainer keeps it in a file and goes on, so that one record does not hold up all others.
 */
public final class UnpublishableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnpublishableException(String message, Throwable cause) {
    super(message, cause);
  }
}
