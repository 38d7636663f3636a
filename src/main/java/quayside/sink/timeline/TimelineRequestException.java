package quayside.sink.timeline;

/** A request for a timeline cannot be answered with what it asked for. */
final class TimelineRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TimelineRefusal refusal;

  TimelineRequestException(TimelineRefusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  TimelineRefusal refusal() {
    return refusal;
  }
}
