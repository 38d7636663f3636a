package quayside.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes every event that is published, as the configuration of the events says: in which content
 * mode, with the id of its schema where a registry knows it, signed where there is a key. Does not
 * block; thread-safe.
 */
public final class EventWriter {
  private static final String SCHEMA_ID = EventAttributes.HEADER_PREFIX + "schemaid";
  private static final String SIGNATURE = EventAttributes.HEADER_PREFIX + "dssematerial";

  private final ContentMode mode;
  private final SchemaIds schemaIds;
  private final @Nullable EventSigner signer;

  /**
   * A writer.
   *
   * @param signer null when events are not signed
   */
  EventWriter(ContentMode mode, SchemaIds schemaIds, @Nullable EventSigner signer) {
    this.mode = mode;
    this.schemaIds = schemaIds;
    this.signer = signer;
  }

  /** The record of an event. */
  public <T> EventRecord write(EventCodec<T> codec, CloudEvent<T> event) {
    byte[] data = codec.value(event);
    Map<String, String> headers = headers(codec, event, data);
    return switch (mode) {
      case BINARY -> new EventRecord(event.partitionKey(), headers, data);
      case STRUCTURED -> structured(event.partitionKey(), headers, data);
    };
  }

  /**
   * The headers of a record that has no value: its object is gone from a compacted topic. In either
   * content mode the same, for a value would be no tombstone.
   */
  public <T> Map<String, String> tombstone(EventCodec<T> codec, CloudEvent<T> event) {
    Map<String, String> headers = headers(codec, event, null);
    headers.remove(EventCodec.CONTENT_TYPE);
    return headers;
  }

  private <T> Map<String, String> headers(
      EventCodec<T> codec, CloudEvent<T> event, byte @Nullable [] data) {
    Map<String, String> headers = codec.headers(event);
    String schemaId = schemaIds.of(codec.type());
    if (schemaId != null) {
      headers.put(SCHEMA_ID, schemaId);
    }
    if (signer != null) {
      headers.put(SIGNATURE, signer.sign(event, data));
    }
    return headers;
  }

  private static EventRecord structured(
      @Nullable String key, Map<String, String> headers, byte[] data) {
    Map<String, String> attributes = new LinkedHashMap<>();
    headers.forEach((name, text) -> {
      if (name.startsWith(EventAttributes.HEADER_PREFIX)) {
        attributes.put(name.substring(EventAttributes.HEADER_PREFIX.length()), text);
      }
    });
    attributes.put("datacontenttype", EventCodec.JSON);
    headers.put(EventCodec.CONTENT_TYPE, JsonEnvelope.MEDIA_TYPE);
    return new EventRecord(key, headers, JsonEnvelope.write(attributes, data));
  }
}
