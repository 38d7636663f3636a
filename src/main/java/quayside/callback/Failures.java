package quayside.callback;

import java.util.concurrent.CompletionException;

/** What a future fails with, without what the future wraps it in. */
final class Failures {
  private Failures() {}

  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
