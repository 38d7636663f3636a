package quayside.console;

import java.util.Locale;

/**
 * Why the console is not answered with what it asked for. Stable: part of the API and a metric tag.
 */
public enum ConsoleRefusal {
  /** {@code quayside.console.max-streams} are open, or the instance is stopping. */
  TOO_MANY_STREAMS(
      503, "Too many streams", "This instance serves no more event streams now; try again later."),
  /** The path names no place of a record. */
  BAD_PLACE(
      400, "Bad place", "The path must be topic/partition/offset; the last two are whole numbers."),
  /** There is no such record on our topics, or not any more. */
  EVENT_NOT_FOUND(
      404, "Event not found", "None of Quayside's topics has a record there, or not any more."),
  /** Kafka does not answer. */
  KAFKA_UNAVAILABLE(503, "Kafka unavailable", "Kafka does not answer; try again later."),
  /** Others ask for the same, as many as can be served at a time. */
  BUSY(503, "Busy", "Too many requests of this kind are at work; try again."),
  /** The path does not decode to an object key. */
  BAD_PATH(400, "Bad path", "The object key in the path must be percent-encoded UTF-8."),
  /** The catalog lists no such thumbnail of this version, or the bucket does not have it. */
  THUMBNAIL_NOT_FOUND(
      404, "Thumbnail not found", "There is no such thumbnail of this version of the object."),
  /** OSS does not answer. */
  OSS_UNAVAILABLE(503, "OSS unavailable", "OSS does not answer; try again later."),
  /** The database does not answer. */
  CATALOG_UNAVAILABLE(
      503, "Catalog unavailable", "The catalog's database does not answer; try again later.");

  private final int status;
  private final String title;
  private final String detail;

  ConsoleRefusal(int status, String title, String detail) {
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
  public String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
