package example;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records with the CloudEvents SDK, which knows binary and structured mode. With {@code
 * CloudEventDeserializer} a record that is no event would stop the consumer, so the value is read
 * as bytes and the SDK is asked here, where one record can be passed over.
 */
final class EffectReader {
  private static final String STATE = "io.quayside.object.state.v1";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Signatures signatures;

  /**
   * @param signatures null when nothing is verified
   */
  EffectReader(Signatures signatures) {
    this.signatures = signatures;
  }

  /** The effect of an event about an object. */
  Effect read(ConsumerRecord<String, byte[]> record) throws SkippedException {
    CloudEvent event = event(record);
    String kind =
        switch (event.getType()) {
          case "io.quayside.object.uploaded.v1" -> Effect.UPLOADED;
          case "io.quayside.object.thumbnailed.v1" -> Effect.THUMBNAILED;
          case "io.quayside.object.deleted.v1" -> Effect.DELETED;
          default -> throw new SkippedException("its type is not known");
        };
    long sequence = check(event, record.key());
    JsonNode data = data(event);
    String detail =
        switch (kind) {
          case Effect.UPLOADED -> number(data.path("size"));
          case Effect.THUMBNAILED -> count(data.path("thumbnails"));
          default -> text(data.path("reason"));
        };
    return new Effect(
        kind,
        record.key(),
        sequence,
        text(data.path("etag")),
        detail,
        event.getSource().toString(),
        event.getId());
  }

  /** What a record of the state topic comes to: of the upload or deletion, and the thumbnails. */
  List<Effect> readState(ConsumerRecord<String, byte[]> record) throws SkippedException {
    CloudEvent event = event(record);
    if (!event.getType().equals(STATE)) {
      throw new SkippedException("its type is not known");
    }
    long sequence = check(event, record.key());
    String source = event.getSource().toString();
    if (record.value() == null) {
      return List.of(
          new Effect(
              Effect.DELETED,
              record.key(),
              sequence,
              Effect.ABSENT,
              Effect.ABSENT,
              source,
              Effect.ABSENT));
    }
    JsonNode data = data(event);
    List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect(
            Effect.UPLOADED,
            record.key(),
            sequence,
            text(data.path("etag")),
            number(data.path("size")),
            source,
            text(data.path("uploadId"))));
    JsonNode thumbnails = data.path("thumbnails");
    if (thumbnails.isObject()) {
      effects.add(
          new Effect(
              Effect.THUMBNAILED,
              record.key(),
              sequence(thumbnails.path("sequence").asText()),
              text(thumbnails.path("etag")),
              count(thumbnails.path("thumbnails")),
              source,
              Effect.ABSENT));
    }
    return effects;
  }

  private static CloudEvent event(ConsumerRecord<String, byte[]> record) throws SkippedException {
    CloudEvent event;
    try {
      event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
      if (event.getSpecVersion() == SpecVersion.V1
          && event.getData() instanceof JsonCloudEventData) {
        byte[] sent = dataAsSent(record.value());
        event = CloudEventBuilder.v1(event).withData(sent).build();
      }
    } catch (IOException | RuntimeException e) {
      throw new SkippedException("it is no CloudEvent");
    }
    if (event.getSpecVersion() != SpecVersion.V1) {
      throw new SkippedException("it is no CloudEvent 1.0");
    }
    return event;
  }

  /**
   * The member {@code data} of a JSON object, as it stands there: what is signed are bytes, and the
   * SDK would write them anew.
   */
  private static byte[] dataAsSent(byte[] envelope) throws IOException {
    byte[] data = {};
    try (JsonParser parser = MAPPER.createParser(envelope)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("data");
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        parser.skipChildren();
        if (found) {
          int end = (int) parser.currentLocation().getByteOffset();
          data = Arrays.copyOfRange(envelope, start, end);
        }
      }
    }
    return data;
  }

  /** Verifies what is to be verified, and gives the sequence. */
  private long check(CloudEvent event, String key) throws SkippedException {
    if (signatures != null) {
      Set<String> signed = signatures.verify(event);
      if (!signed.contains("sequence")) {
        throw new RefusedException("its sequence is not signed");
      }
      // Nobody signs the record key, but it is the partition key, which is signed when there is
      // one.
      Object partitionKey =
          signed.contains("partitionkey") ? event.getExtension("partitionkey") : null;
      if (key != null && !key.equals(partitionKey)) {
        throw new RefusedException("its key is not the signed one");
      }
    }
    if (key == null || key.isEmpty()) {
      throw new SkippedException("it is about no object");
    }
    return sequence(String.valueOf(event.getExtension("sequence")));
  }

  private static long sequence(String text) throws SkippedException {
    try {
      if (text.matches("[0-9]{1,19}")) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException larger) {
      // Than 64 bits.
    }
    throw new SkippedException("its sequence is no number of 64 bits");
  }

  private static JsonNode data(CloudEvent event) throws SkippedException {
    try {
      JsonNode data = event.getData() == null ? null : MAPPER.readTree(event.getData().toBytes());
      if (data != null && data.isObject()) {
        return data;
      }
      throw new SkippedException("its data is no JSON object");
    } catch (IOException e) {
      throw new SkippedException("its data is no JSON");
    }
  }

  private static String text(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty() ? node.asText() : Effect.ABSENT;
  }

  private static String count(JsonNode node) {
    return node.isArray() ? Integer.toString(node.size()) : Effect.ABSENT;
  }

  private static String number(JsonNode node) {
    return node.isIntegralNumber() ? node.asText() : Effect.ABSENT;
  }
}
