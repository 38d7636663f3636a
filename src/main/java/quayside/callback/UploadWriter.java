package quayside.callback;

import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventWriter;
import quayside.event.ObjectUploaded;

/**
 * Makes of a decided event the record that leaves the edge, for Kafka and the journal alike:
 * redacted, then written. Thread-safe; does not block.
 */
final class UploadWriter {
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final Redaction redaction;
  private final EventWriter writer;

  UploadWriter(Redaction redaction, EventWriter writer) {
    this.redaction = redaction;
    this.writer = writer;
  }

  /** The record of an event. */
  EventRecord write(CloudEvent<ObjectUploaded> event) {
    return writer.write(CODEC, redaction.apply(event));
  }
}
