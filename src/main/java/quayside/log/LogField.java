package quayside.log;

import org.jspecify.annotations.Nullable;

/**
 * The fields of log lines: the same thing has the same name everywhere. The trace of a line, {@code
 * traceId} and {@code spanId}, comes from the diagnostic context and is no argument.
 */
public enum LogField {
  /** The event's id. */
  EVENT_ID("eventId"),
  /** Bucket of the object. */
  BUCKET("bucket"),
  /** Key of the object. */
  OBJECT_KEY("objectKey"),
  /** Stable code that says why. */
  REASON("reason"),
  /** The cause in words, of whoever reported it. */
  CAUSE("cause"),
  /** OSS's id of the upload. */
  REQUEST_ID("requestId"),
  /** Who sent the request: the peer, or whom a trusted proxy names. */
  CLIENT_ADDRESS("clientAddress"),
  /** How an event became durable. */
  DURABILITY("durability"),
  /** Oddities of a callback's body. */
  DEFECTS("defects"),
  /** Rules that a callback breaks. */
  VIOLATIONS("violations"),
  /** Id of a grant. */
  GRANT_ID("grantId"),
  /** The consumer at work. */
  SINK("sink"),
  /** Consumer group. */
  GROUP("group"),
  /** Topic of a record. */
  TOPIC("topic"),
  /** Partition of a record. */
  PARTITION("partition"),
  /** Offset of a record. */
  OFFSET("offset"),
  /** How often something was tried, the first time included. */
  ATTEMPT("attempt"),
  /** Number of events concerned. */
  EVENTS("events"),
  /** Kind of the events concerned. */
  EVENT_TYPE("eventType"),
  /** Process id of a worker. */
  WORKER("worker"),
  /** A file of the journal. */
  SEGMENT("segment"),
  /** Size in bytes. */
  BYTES("bytes"),
  /** Events in the journal. */
  DEPTH("depth"),
  /** Who asked for it. */
  OPERATOR("operator"),
  /** What was asked for. */
  FILTER("filter");

  private final String key;

  LogField(String key) {
    this.key = key;
  }

  /** The name of the field in every format. */
  public String key() {
    return key;
  }

  /** The field with a value, as an argument of a log line. */
  public LogValue of(@Nullable Object value) {
    return new LogValue(key, value);
  }
}
