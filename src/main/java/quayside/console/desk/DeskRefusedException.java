package quayside.console.desk;

/** The console does not do what it is asked. An expected outcome; the message is for the caller. */
final class DeskRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DeskRefusal refusal;

  DeskRefusedException(DeskRefusal refusal, String detail) {
    super(detail, null, false, false);
    this.refusal = refusal;
  }

  DeskRefusal refusal() {
    return refusal;
  }
}
