package quayside.sink;

/**
 * The store or service a sink needs is down: nothing is wrong with the event, the same batch is
 * tried again later.
 */
public final class DependencyUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the name of the dependency in the message. */
  public DependencyUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
