package quayside.callback;

import quayside.grant.token.GrantRefusedException;
import quayside.signature.SignatureRefusedException;

/**
 * A callback is not accepted. Carries no stack trace: it is an expected outcome and cheap under
 * attack.
 */
final class CallbackRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;

  CallbackRefusedException(RefusalReason reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  /** As above, with what made a good callback fail. */
  CallbackRefusedException(RefusalReason reason, Throwable cause) {
    super(reason.code(), cause, false, false);
    this.reason = reason;
  }

  /** A grant token does not cover the upload. */
  CallbackRefusedException(GrantRefusedException refusal) {
    this(RefusalReason.of(refusal.reason()));
  }

  /** OSS did not sign it. */
  CallbackRefusedException(SignatureRefusedException refusal) {
    this(RefusalReason.of(refusal.reason()));
  }

  RefusalReason reason() {
    return reason;
  }
}
