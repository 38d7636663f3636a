package quayside.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record as {@code schemas/README.md} describes it, valid until something is broken. Immutable.
 *
 * @param kind {@code uploaded}, {@code thumbnailed}, {@code deleted} or {@code state}
 * @param key the record key, or null
 * @param headers by name; a null value is a header without one
 * @param value the record value, or null
 */
record HandWritten(String kind, String key, Map<String, String> headers, String value) {
  static final String SOURCE = "acs:oss:cn-hangzhou:1050784833268046:photos";
  private static final JsonMapper MAPPER = new JsonMapper();

  static HandWritten uploaded(String key, String id, long sequence, String etag, long size) {
    return event("uploaded", key, id, sequence)
        .withValue("{\"etag\":\"%s\",\"size\":%d}".formatted(etag, size));
  }

  static HandWritten thumbnailed(String key, String id, long sequence, String etag, int count) {
    String thumbnails = "{},".repeat(count).replaceAll(",$", "");
    return event("thumbnailed", key, id, sequence)
        .withValue("{\"etag\":\"%s\",\"thumbnails\":[%s]}".formatted(etag, thumbnails));
  }

  static HandWritten deleted(String key, String id, long sequence) {
    return event("deleted", key, id, sequence).withValue("{\"reason\":\"not-found\"}");
  }

  /** Of the state topic; without a value it is a deletion. */
  static HandWritten state(String key, long sequence, String value) {
    return event("state", key, "state-" + key + sequence, sequence).withValue(value);
  }

  private static HandWritten event(String kind, String key, String id, long sequence) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_source", SOURCE);
    headers.put("ce_type", "io.quayside.object." + kind + ".v1");
    headers.put("ce_time", "2026-03-01T12:00:00.123456Z");
    headers.put("ce_recordedtime", "2026-03-01T12:00:00.654321Z");
    headers.put("ce_sequence", Long.toString(sequence));
    headers.put("ce_ingestpath", "callback");
    headers.put("content-type", "application/json");
    return new HandWritten(kind, key, headers, "{}");
  }

  HandWritten withKey(String other) {
    return new HandWritten(kind, other, headers, value);
  }

  HandWritten withValue(String other) {
    return new HandWritten(kind, key, headers, other);
  }

  HandWritten with(String header, String text) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(header, text);
    return new HandWritten(kind, key, changed, value);
  }

  HandWritten without(String header) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(header);
    return new HandWritten(kind, key, changed, value);
  }

  /** The same event in structured mode: everything in the value. */
  HandWritten structured() throws Exception {
    ObjectNode envelope = MAPPER.createObjectNode();
    headers.forEach((name, text) ->
        envelope.put(name.equals("content-type") ? "datacontenttype" : name.substring(3), text));
    envelope.set("data", MAPPER.readTree(value));
    return new HandWritten(
        kind,
        key,
        Map.of("content-type", "application/cloudevents+json; charset=utf-8"),
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(envelope));
  }

  ProducerRecord<byte[], byte[]> toRecord(String topic) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key), bytes(value));
    headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
    return record;
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
