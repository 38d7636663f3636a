package quayside.grant.token;

/**
 * A grant token does not cover an upload. An expected outcome, cheap under attack: it carries no
 * stack trace.
 */
public final class GrantRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final GrantRefusal reason;

  GrantRefusedException(GrantRefusal reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public GrantRefusal reason() {
    return reason;
  }
}
