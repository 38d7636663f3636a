package quayside.sink.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an object, as the API shows it.
 *
 * @param at when
 * @param kind what
 * @param outcome how it came about or what it came to, as a stable code: of an event its {@code
 *     ingestpath}, of an effect such as {@code applied} or {@code stale}, else the cause
 * @param sink the consumer concerned; null for an event
 * @param eventId CloudEvents id of the event concerned
 * @param eventType CloudEvents type of it
 * @param traceId W3C trace id of it
 * @param details what else there is to say of this kind
 * @param place where it was read from; the order among entries of the same time
 */
@JsonPropertyOrder({
  "at",
  "kind",
  "outcome",
  "sink",
  "eventId",
  "eventType",
  "traceId",
  "details",
  "place"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
    Instant at,
    TimelineKind kind,
    @Nullable String outcome,
    @Nullable String sink,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String traceId,
    Map<String, String> details,
    Place place) {

  public TimelineEntry {
    details = Map.copyOf(details);
  }

  /**
   * Where an entry was read from.
   *
   * @param topic topic of the record
   * @param partition its partition
   * @param offset its offset
   * @param item place within the record, 0 when it is one thing
   */
  public record Place(String topic, int partition, long offset, int item) {}

  /**
   * An entry and the object it is about.
   *
   * @param bucket bucket name
   * @param key object key
   */
  public record OfObject(String bucket, String key, TimelineEntry entry) {}
}
