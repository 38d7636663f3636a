package quayside.oss;

/**
 * The object or its bucket does not exist. Final: asking again gives the same answer until somebody
 * writes it.
 */
public final class ObjectNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names bucket and key. */
  public ObjectNotFoundException(String message) {
    super(message);
  }

  /** As above, with what the SDK said. */
  public ObjectNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
