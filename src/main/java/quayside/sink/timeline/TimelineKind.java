package quayside.sink.timeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can happen to an object. */
enum TimelineKind {
  /** An event was published. */
  EVENT,
  /** A sink applied an event, or found nothing to do. */
  EFFECT,
  /** A sink could not apply an event and tries again later. */
  RETRY,
  /** A sink gave an event up. */
  DEAD_LETTER,
  /** An operator moved an event back to a sink. */
  REDRIVE;

  /** In the API and in the database. */
  @JsonValue
  String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static TimelineKind ofValue(String value) {
    return valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
