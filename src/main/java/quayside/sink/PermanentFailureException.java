package quayside.sink;

/**
 * An event can never be applied, however often it is tried: it goes to the dead letter topic with
 * this cause.
 */
public final class PermanentFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String failure;

  /**
   * A failure of a kind.
   *
   * @param failure stable code such as {@code image-truncated}: a metric tag and a dead letter
   *     header
   * @param message names the object, the value and the rule; no stack trace, no payload
   */
  public PermanentFailureException(String failure, String message) {
    super(message);
    this.failure = failure;
  }

  /** As above, with what a library said. */
  public PermanentFailureException(String failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** The stable code. */
  public String failure() {
    return failure;
  }
}
