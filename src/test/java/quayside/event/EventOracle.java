package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Says of any event whether it may be published: valid, readable again as it was, not too large;
 * and of any record whether it keeps to the contract.
 */
public final class EventOracle {
  /** Kafka's default {@code max.request.size} and {@code message.max.bytes}, less its overhead. */
  private static final int MAX_RECORD_BYTES = 1_000_000;

  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private EventOracle() {}

  /**
   * What is wrong with a record, in words; empty when nothing is, or when the record is none of the
   * contract's.
   */
  public static List<String> findings(
      String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
    if (!ContractTopics.binds(topic, headers)) {
      return List.of();
    }
    return ContractTopics.isCopy(topic)
        ? RecordRules.findingsOfCopy(headers)
        : RecordRules.findings(topic, key, headers, value);
  }

  /** Fails unless the event, as bytes on Kafka, is what its readers may expect. */
  public static void assertPublishable(CloudEvent<ObjectUploaded> event) {
    byte[] value = CODEC.value(event);
    Headers headers = new RecordHeaders();
    CODEC.headers(event).forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
    assertSmall(event, value, headers);
    assertText(event);
    List<String> findings = findings("", event.partitionKey(), headers, value);
    if (!findings.isEmpty()) {
      throw new AssertionError("event breaks the contract: " + findings);
    }
    assertReadable(event, value, headers);
  }

  private static void assertSmall(CloudEvent<ObjectUploaded> event, byte[] value, Headers headers) {
    long size = value.length;
    for (Header header : headers) {
      size += header.value().length;
    }
    String key = event.partitionKey();
    if (size + (key == null ? 0 : key.getBytes(UTF_8).length) > MAX_RECORD_BYTES) {
      throw new AssertionError("event of " + size + " bytes: no broker would take it");
    }
  }

  /** Half a surrogate pair can be spelled in JSON, but parsers of several languages refuse it. */
  private static void assertText(CloudEvent<ObjectUploaded> event) {
    if (!UTF_8.newEncoder().canEncode(event.toString())) {
      throw new AssertionError("event holds half a surrogate pair: " + event);
    }
  }

  private static void assertReadable(
      CloudEvent<ObjectUploaded> event, byte[] value, Headers headers) {
    try {
      CloudEvent<ObjectUploaded> read =
          CODEC.read(name -> ContractTopics.text(headers, name), value);
      if (!read.equals(event)) {
        throw new AssertionError("event comes back as another: " + read + " instead of " + event);
      }
    } catch (InvalidEventException e) {
      throw new AssertionError("event is not readable", e);
    }
  }
}
