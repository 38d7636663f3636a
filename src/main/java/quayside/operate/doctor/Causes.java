package quayside.operate.doctor;

/** What an exception says to somebody who does not read stack traces. */
final class Causes {
  private Causes() {}

  /** The innermost message, or the name of what was thrown when it has none. */
  static String text(Throwable thrown) {
    Throwable last = thrown;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    String message = last.getMessage();
    return message == null || message.isBlank() ? last.getClass().getSimpleName() : message;
  }
}
