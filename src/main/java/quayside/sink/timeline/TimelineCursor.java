package quayside.sink.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a timeline: the last entry of a page. Opaque to clients, who get it as base64url of
 * JSON; it holds nothing that the page did not show, so it is not signed.
 */
record TimelineCursor(String at, String topic, int partition, long offset, int item) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** Before everything. */
  static final TimelineCursor START = new TimelineCursor(FIRST.toString(), "", -1, -1, -1);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  TimelineCursor {
    Instant time = Instant.parse(at);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("at: " + at + " is not in the years 0001 to 9999");
    }
    if (topic.indexOf(0) >= 0 || topic.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      throw new IllegalArgumentException("topic: is no name of a topic");
    }
  }

  static TimelineCursor at(TimelineEntry entry) {
    TimelineEntry.Place place = entry.place();
    return new TimelineCursor(
        entry.at().toString(), place.topic(), place.partition(), place.offset(), place.item());
  }

  /** Reads one that a client sends back; empty when it is none of ours. */
  static Optional<TimelineCursor> parse(String text) {
    try {
      return Optional.ofNullable(
          JSON.readValue(Base64.getUrlDecoder().decode(text), TimelineCursor.class));
    } catch (IllegalArgumentException | DateTimeException | IOException e) {
      return Optional.empty();
    }
  }

  /** What a client gets. */
  String text() {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a cursor is not writable", impossible);
    }
  }
}
