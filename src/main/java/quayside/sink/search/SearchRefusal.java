package quayside.sink.search;

import java.util.Locale;

/** Why a search is not answered. Stable: part of the API and a metric tag. */
enum SearchRefusal {
  /** A parameter is misspelt or does not exist. */
  UNKNOWN_PARAMETER(
      400,
      "Unknown parameter",
      "Known are q, bucket, prefix, mimeType, from, to, limit, cursor and var.<name>."),
  /** A parameter other than {@code var.<name>} occurs twice. */
  REPEATED_PARAMETER(400, "Repeated parameter", "Every parameter but var.<name> may occur once."),
  /** No engine can hold such text, so nothing could be found. */
  BAD_TEXT(400, "Bad text", "Parameters must be Unicode text without NUL."),
  /** {@code q} is too long. */
  QUERY_TOO_LONG(400, "Query too long", "q may have " + SearchRequest.MAX_TEXT + " characters."),
  /** Another parameter is too long. */
  PARAMETER_TOO_LONG(
      400,
      "Parameter too long",
      "A parameter may have " + SearchRequest.MAX_VALUE + " characters."),
  /** {@code mimeType} is neither a type nor a range. */
  BAD_MIME_TYPE(400, "Bad MIME type", "mimeType must be like image/png or image/*."),
  /** {@code from} or {@code to} is not a time. */
  BAD_TIME(400, "Bad time", "from and to must be RFC 3339 times, such as 2026-11-22T18:50:00Z."),
  /** {@code from} is not before {@code to}. */
  BAD_TIME_RANGE(400, "Bad time range", "from must be before to."),
  /** A {@code var.} without a name, or too many of them. */
  BAD_VARIABLE(
      400,
      "Bad variable",
      "A variable is var.<name>=<value>; there may be " + SearchRequest.MAX_VARIABLES + "."),
  /** {@code limit} is out of range. */
  BAD_LIMIT(
      400, "Bad limit", "limit must be a whole number from 1 to " + SearchQuery.MAX_LIMIT + "."),
  /** {@code cursor} was not made by this API. */
  BAD_CURSOR(400, "Bad cursor", "cursor must be the nextCursor of a page."),
  /** The engine needs too long. */
  SEARCH_TIMEOUT(503, "Search took too long", "Narrow it, for instance by bucket, prefix or time."),
  /** The engine is away. */
  SEARCH_UNAVAILABLE(503, "Search unavailable", "The search index does not answer; try later.");

  private final int status;
  private final String title;
  private final String detail;

  SearchRefusal(int status, String title, String detail) {
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
