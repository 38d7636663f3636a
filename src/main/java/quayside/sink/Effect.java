package quayside.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;

/**
 * What an event came to in one sink.
 *
 * @param bucket bucket of the object
 * @param key key of the object
 * @param eventId CloudEvents id
 * @param eventType CloudEvents type
 * @param outcome stable code, such as {@code applied} or {@code stale}
 * @param traceId W3C trace id of the event, or null when it carries none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Effect(
    String bucket,
    String key,
    String eventId,
    String eventType,
    String outcome,
    @Nullable String traceId) {

  /** What an event came to; empty when it names no object. */
  static Optional<Effect> of(CloudEvent<?> event, String outcome, @Nullable String traceId) {
    String object = event.partitionKey();
    String key = event.subject();
    if (object == null || key == null || !object.endsWith("/" + key)) {
      return Optional.empty();
    }
    String bucket = object.substring(0, object.length() - key.length() - 1);
    String type = event.type().ceType();
    return Optional.of(new Effect(bucket, key, event.id(), type, outcome, traceId));
  }
}
