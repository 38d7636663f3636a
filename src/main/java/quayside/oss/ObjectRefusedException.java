package quayside.oss;

/**
 * OSS is there, knows our credentials, and refuses this request: no permission, a foreign bucket,
 * an archived object that must be restored first. Final until somebody changes that; other objects
 * may well be readable, so it is no reason to wait.
 */
public final class ObjectRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names bucket and key and says what to check, and what the SDK said. */
  public ObjectRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
