package quayside.event;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event: the CloudEvents 1.0 context attributes and extensions that Quayside sets, and the
 * data. {@code source} and {@code id} together are the identity; a second event with the same pair
 * is a duplicate.
 *
 * @param id one upload has one id, however often its callback arrives (rules in {@code
 *     schemas/README.md})
 * @param source {@code acs:oss:<region or ->:<owner or ->:<bucket or ->}
 * @param type the event type
 * @param subject the object key, or null when the callback could not be tied to an object
 * @param time when the upload happened, as far as known
 * @param recordedTime when Quayside received it (extension {@code recordedtime})
 * @param partitionKey {@code bucket/object}, equal to the Kafka record key, or null as {@code
 *     subject}
 * @param sequence microseconds since the epoch, strictly increasing within one instance; the fence
 *     of every sink
 * @param ingestPath how the event came to be published
 * @param causationId the id of the event that caused this one, or null (extension {@code
 *     causationid})
 * @param data the payload
 */
public record CloudEvent<T>(
    String id,
    String source,
    EventType type,
    @Nullable String subject,
    Instant time,
    Instant recordedTime,
    @Nullable String partitionKey,
    long sequence,
    IngestPath ingestPath,
    @Nullable String causationId,
    T data) {

  public CloudEvent {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id: must not be empty");
    }
    if (source.isEmpty()) {
      throw new IllegalArgumentException("source: must not be empty");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + " is negative");
    }
    Objects.requireNonNull(data, "data");
  }

  /** The same event with other data. */
  public CloudEvent<T> withData(T other) {
    return new CloudEvent<>(
        id,
        source,
        type,
        subject,
        time,
        recordedTime,
        partitionKey,
        sequence,
        ingestPath,
        causationId,
        other);
  }
}
