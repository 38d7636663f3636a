package example;

/** A record that is passed over because its signature does not prove where it comes from. */
final class RefusedException extends SkippedException {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason);
  }
}
