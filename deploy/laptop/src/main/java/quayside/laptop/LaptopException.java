package quayside.laptop;

/** The stack cannot do what was asked; the message tells the user what to do next. */
public final class LaptopException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what to do next. */
  public LaptopException(String message) {
    super(message);
  }

  /** As above, with the cause. */
  public LaptopException(String message, Throwable cause) {
    super(message, cause);
  }
}
