package quayside.sink.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What can happen to an object. */
public enum TimelineKind {
  /** An event was published. */
  @JsonProperty("event")
  EVENT,
  /** A sink applied an event, or found nothing to do. */
  @JsonProperty("effect")
  EFFECT,
  /** A sink could not apply an event and tries again later. */
  @JsonProperty("retry")
  RETRY,
  /** A sink gave an event up. */
  @JsonProperty("dead-letter")
  DEAD_LETTER,
  /** An operator moved an event back to a sink. */
  @JsonProperty("redrive")
  REDRIVE;

  /** In the database, as in the API. */
  String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static TimelineKind ofValue(String value) {
    return valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
