package quayside.oss;

/**
 * The object or its bucket does not exist; {@link BucketNotFoundException} when the bucket does
 * not. Final: asking again gives the same answer until somebody writes it.
 */
public sealed class ObjectNotFoundException extends Exception permits BucketNotFoundException {
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
