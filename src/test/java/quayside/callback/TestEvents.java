package quayside.callback;

import java.time.Instant;
import java.util.Map;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.TestWriters;
import quayside.event.VerificationLevel;

/** Events for tests of what becomes of them. */
final class TestEvents {
  private TestEvents() {}

  /** An upload to bucket {@code uploads}. */
  static CloudEvent<ObjectUploaded> uploaded(String key) {
    return uploaded(key, Map.of());
  }

  /** The same as a record, as it is written by default. */
  static EventRecord record(String key) {
    return record(uploaded(key));
  }

  /** As above, of any event. */
  static EventRecord record(CloudEvent<ObjectUploaded> event) {
    return TestWriters.binary().write(EventCodec.objectUploaded(), event);
  }

  /** An upload with what its body had besides. */
  static CloudEvent<ObjectUploaded> uploaded(String key, Map<String, String> fields) {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    ObjectUploaded data =
        new ObjectUploaded(
            "uploads",
            key,
            "ETAG",
            1L,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            fields,
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
    return new CloudEvent<>(
        "id-" + key,
        "acs:oss:-:-:uploads",
        EventType.OBJECT_UPLOADED_V1,
        key,
        now,
        now,
        "uploads/" + key,
        1,
        IngestPath.CALLBACK,
        null,
        data);
  }
}
