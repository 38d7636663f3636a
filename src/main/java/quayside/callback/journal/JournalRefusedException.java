package quayside.callback.journal;

import org.jspecify.annotations.Nullable;

/**
 * The record was not journalled, and why. Carries no stack trace: under overload it is thrown
 * often, and the reason says all.
 */
public final class JournalRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  JournalRefusedException(Refusal refusal, String detail) {
    this(refusal, detail, null);
  }

  JournalRefusedException(Refusal refusal, String detail, @Nullable Throwable cause) {
    super(refusal.code() + ": " + detail, cause, false, false);
    this.refusal = refusal;
  }

  /** The reason, one of a closed list. */
  public Refusal refusal() {
    return refusal;
  }
}
