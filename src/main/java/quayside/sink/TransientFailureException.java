package quayside.sink;

/**
 * An event cannot be applied now, while others can: it is tried again after a while, from the retry
 * topic, and nothing waits behind it. After {@code quayside.sink.retry.attempts} tries it goes to
 * the dead letter topic with this cause. For a store that is away altogether there is {@link
 * DependencyUnavailableException}.
 */
public final class TransientFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String failure;

  /**
   * A failure of a kind.
   *
   * @param failure stable code such as {@code image-time-limit}: a metric tag and a header
   * @param message names the object, the value and the rule; no stack trace, no payload
   */
  public TransientFailureException(String failure, String message) {
    super(message);
    this.failure = failure;
  }

  /** As above, with what a library said. */
  public TransientFailureException(String failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** The stable code. */
  public String failure() {
    return failure;
  }
}
