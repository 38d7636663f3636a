package quayside.oss;

/** The object has more bytes than the caller allows. Final for this version of the object. */
public final class ObjectTooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names bucket and key. */
  public ObjectTooLargeException(String message) {
    super(message);
  }

  /** As above, with what the SDK said. */
  public ObjectTooLargeException(String message, Throwable cause) {
    super(message, cause);
  }
}
