package quayside.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.InvalidEventException;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectState;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;

/**
 * The data of one event type as the service writes and reads it.
 *
 * @param codec writes and reads the event
 * @param record the record of the data
 */
record EventData<T>(EventCodec<T> codec, Class<T> record) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The data of a type: a new type is a line here, and all tests of this package have it. */
  static EventData<?> of(EventType type) {
    return switch (type) {
      case OBJECT_UPLOADED_V1 -> new EventData<>(EventCodec.objectUploaded(), ObjectUploaded.class);
      case OBJECT_THUMBNAILED_V1 ->
          new EventData<>(EventCodec.objectThumbnailed(), ObjectThumbnailed.class);
      case OBJECT_DELETED_V1 -> new EventData<>(EventCodec.objectDeleted(), ObjectDeleted.class);
      case OBJECT_STATE_V1 -> new EventData<>(EventCodec.objectState(), ObjectState.class);
    };
  }

  /** What is written of a record. */
  JsonNode written(Object data) {
    CloudEvent<T> event =
        new CloudEvent<>(
            "id",
            "acs:oss:-:-:-",
            codec.type(),
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            0,
            IngestPath.CALLBACK,
            null,
            record.cast(data));
    try {
      return MAPPER.readTree(codec.value(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written again of what was read. */
  JsonNode rewritten(JsonNode data) throws InvalidEventException {
    Map<String, String> headers =
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", "id",
            "ce_source", "acs:oss:-:-:-",
            "ce_type", codec.type().ceType(),
            "ce_time", "2026-11-22T08:00:00Z",
            "ce_recordedtime", "2026-11-22T08:00:00Z",
            "ce_sequence", "0",
            "ce_ingestpath", "callback",
            "content-type", "application/json");
    return written(read(headers, data).data());
  }

  /** Reads an event. */
  CloudEvent<T> read(Map<String, String> headers, JsonNode data) throws InvalidEventException {
    return codec.read(headers::get, data.toString().getBytes(UTF_8));
  }
}
