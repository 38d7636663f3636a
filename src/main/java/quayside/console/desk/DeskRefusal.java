package quayside.console.desk;

import java.util.Locale;

/** Why the console does not do what it is asked. The code is stable: it is part of the API. */
enum DeskRefusal {
  /** Nobody, or nobody we know. */
  UNAUTHENTICATED(401, "Not authenticated"),
  /** Somebody we know, who is no operator. */
  NOT_OPERATOR(403, "Not an operator"),
  /** The body is not said to be JSON: a form of another site could have sent it. */
  NOT_JSON(415, "Not JSON"),
  /** The capture has more bytes than are looked at here. */
  CAPTURE_TOO_LARGE(413, "The capture is too large"),
  /** The capture is none. */
  CAPTURE_UNREADABLE(400, "The capture cannot be read"),
  /** As many are explained as may be at once. */
  BUSY(503, "Busy");

  private final int status;
  private final String title;

  DeskRefusal(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The stable code. */
  String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
