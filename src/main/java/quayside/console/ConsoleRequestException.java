package quayside.console;

import org.jspecify.annotations.Nullable;

/** A request of the console cannot be answered with what it asked for. */
public final class ConsoleRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ConsoleRefusal refusal;

  public ConsoleRequestException(ConsoleRefusal refusal) {
    this(refusal, null);
  }

  /**
   * Because of something else.
   *
   * @param cause for the log
   */
  public ConsoleRequestException(ConsoleRefusal refusal, @Nullable Throwable cause) {
    super(refusal.reason(), cause);
    this.refusal = refusal;
  }

  /** Why not. */
  public ConsoleRefusal refusal() {
    return refusal;
  }
}
