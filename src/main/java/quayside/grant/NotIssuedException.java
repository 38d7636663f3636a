package quayside.grant;

/** No grant is issued. An expected outcome; the message is for the caller. */
final class NotIssuedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final IssueRefusal reason;

  NotIssuedException(IssueRefusal reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  IssueRefusal reason() {
    return reason;
  }
}
