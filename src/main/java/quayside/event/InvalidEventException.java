package quayside.event;

/**
 * A Kafka record is not an event that Quayside can read. Permanent: reading it again gives the same
 * result.
 */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names the attribute or field, its value and the rule. */
  public InvalidEventException(String message) {
    super(message);
  }

  /** As above, with what a parser said. */
  public InvalidEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
