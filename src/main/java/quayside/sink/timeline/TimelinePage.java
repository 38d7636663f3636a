package quayside.sink.timeline;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an object's timeline.
 *
 * @param entries by time, newest last
 * @param nextCursor what to send as {@code cursor} for the next page, or null when this is the last
 *     one
 */
@JsonPropertyOrder({"entries", "nextCursor"})
record TimelinePage(List<TimelineEntry> entries, @Nullable String nextCursor) {

  /** Of entries, of which one more than the limit was asked for. */
  static TimelinePage of(List<TimelineEntry> found, int limit) {
    if (found.size() <= limit) {
      return new TimelinePage(found, null);
    }
    List<TimelineEntry> shown = found.subList(0, limit);
    return new TimelinePage(shown, TimelineCursor.at(shown.getLast()).text());
  }
}
