package quayside.signature;

/** A request is not a callback that OSS signed. Without stack trace: expected, and cheap. */
public final class SignatureRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SignatureRefusal reason;

  SignatureRefusedException(SignatureRefusal reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public SignatureRefusal reason() {
    return reason;
  }
}
