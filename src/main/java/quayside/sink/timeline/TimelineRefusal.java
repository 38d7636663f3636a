package quayside.sink.timeline;

import java.util.Locale;

/** Why the timeline is not answered. Stable: part of the API and a metric tag. */
enum TimelineRefusal {
  /** The path does not decode to an object key. */
  BAD_PATH(400, "Bad path", "The object key in the path must be percent-encoded UTF-8."),
  /** {@code limit} is out of range. */
  BAD_LIMIT(
      400,
      "Bad limit",
      "limit must be a whole number from 1 to " + TimelineResource.MAX_LIMIT + "."),
  /** {@code cursor} was not made by this API. */
  BAD_CURSOR(400, "Bad cursor", "cursor must be the nextCursor of a page of the same object."),
  /** The database is away. */
  TIMELINE_UNAVAILABLE(
      503, "Timeline unavailable", "The timeline's database does not answer; try again later.");

  private final int status;
  private final String title;
  private final String detail;

  TimelineRefusal(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  /** The stable code. */
  String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
