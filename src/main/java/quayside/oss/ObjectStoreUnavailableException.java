package quayside.oss;

/**
 * OSS could not be reached, answered 5xx or refused our credentials. May pass: worth another try.
 */
public final class ObjectStoreUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names bucket and key. */
  public ObjectStoreUnavailableException(String message) {
    super(message);
  }

  /** As above, with what the SDK said. */
  public ObjectStoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
