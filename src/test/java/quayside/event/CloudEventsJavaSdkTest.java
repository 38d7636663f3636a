package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.PublishedEvents.Published;

/**
 * The CloudEvents SDK for Java and our codec say the same of one record, whoever wrote it: binary
 * mode.
 */
class CloudEventsJavaSdkTest {
  static List<Published<?>> published() {
    return PublishedEvents.all();
  }

  @ParameterizedTest
  @MethodSource("published")
  void ourEvent_isReadUnchanged(Published<?> ours) {
    assertReadUnchanged(ours);
  }

  private static <T> void assertReadUnchanged(Published<T> ours) {
    CloudEvent<T> event = ours.event();
    byte[] value = ours.codec().value(event);
    Headers headers = new RecordHeaders();
    ours.codec().headers(event).forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));

    io.cloudevents.CloudEvent read = KafkaMessageFactory.createReader(headers, value).toEvent();

    assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(read.getId()).isEqualTo(event.id());
    assertThat(read.getSource()).hasToString(event.source());
    assertThat(read.getType()).isEqualTo(event.type().ceType());
    assertThat(read.getSubject()).isEqualTo(event.subject());
    assertThat(read.getTime().toInstant()).isEqualTo(event.time());
    assertThat(read.getDataContentType()).isEqualTo("application/json");
    assertThat(read.getDataSchema()).isEqualTo(event.type().dataSchema());
    assertThat(read.getData().toBytes()).isEqualTo(value);
    assertThat(extensions(read)).isEqualTo(expectedExtensions(event));
  }

  private static Map<String, Object> extensions(io.cloudevents.CloudEvent event) {
    Map<String, Object> extensions = new TreeMap<>();
    event.getExtensionNames().forEach(name -> extensions.put(name, event.getExtension(name)));
    return extensions;
  }

  private static Map<String, String> expectedExtensions(CloudEvent<?> event) {
    Map<String, String> extensions = new TreeMap<>();
    extensions.put("recordedtime", event.recordedTime().toString());
    extensions.put("sequence", Long.toString(event.sequence()));
    extensions.put("ingestpath", event.ingestPath().value());
    if (event.partitionKey() != null) {
      extensions.put("partitionkey", event.partitionKey());
    }
    if (event.causationId() != null) {
      extensions.put("causationid", event.causationId());
    }
    return extensions;
  }

  @ParameterizedTest
  @MethodSource("published")
  void sameEventOfTheSdk_isReadByUs(Published<?> ours) throws InvalidEventException {
    assertReadByUs(ours);
  }

  private static <T> void assertReadByUs(Published<T> ours) throws InvalidEventException {
    assertThat(read(ours.codec(), ofTheSdk(ours).build())).isEqualTo(ours.event());
  }

  /** The same event as the SDK has it. */
  static <T> CloudEventBuilder ofTheSdk(Published<T> ours) {
    CloudEvent<T> event = ours.event();
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(URI.create(event.source()))
            .withType(event.type().ceType())
            .withTime(event.time().atOffset(ZoneOffset.ofHours(8)))
            .withDataSchema(event.type().dataSchema())
            .withData("application/json", ours.codec().value(event));
    if (event.subject() != null) {
      builder.withSubject(event.subject());
    }
    expectedExtensions(event).forEach(builder::withExtension);
    return builder;
  }

  /** Times in any offset, extensions of other kinds, attributes that nobody here knows. */
  @Test
  void eventOfAnotherPublisher_isReadByUs() throws InvalidEventException {
    io.cloudevents.CloudEvent theirs =
        CloudEventBuilder.v1()
            .withId("gone-1")
            .withSource(URI.create("acs:oss:-:-:uploads"))
            .withType("io.quayside.object.deleted.v1")
            .withSubject("a b?c=ü")
            .withTime(OffsetDateTime.parse("2026-03-01T04:00:00.5-08:00"))
            .withExtension("recordedtime", OffsetDateTime.parse("2026-03-01T20:00:01+08:00"))
            .withExtension("sequence", 42)
            .withExtension("ingestpath", "reconcile")
            .withExtension("sampledrate", 30)
            .withExtension("expirytime", OffsetDateTime.parse("2027-01-01T00:00:00Z"))
            .withExtension("binary", new byte[] {1, 2})
            .withExtension("flag", true)
            .withData(
                "application/json; charset=utf-8",
                """
                {"key": "a b?c=ü", "bucket": "uploads", "observedAt": "2026-03-01T12:00:00Z",
                 "reason": "not-found", "addedLater": [1]}
                """
                    .getBytes(UTF_8))
            .build();

    CloudEvent<ObjectDeleted> read = read(EventCodec.objectDeleted(), theirs);

    assertThat(read.time()).isEqualTo("2026-03-01T12:00:00.500Z");
    assertThat(read.recordedTime()).isEqualTo("2026-03-01T12:00:01Z");
    assertThat(read.sequence()).isEqualTo(42);
    assertThat(read.subject()).isEqualTo("a b?c=ü");
    assertThat(read.data())
        .isEqualTo(
            ObjectDeleted.notFound("uploads", "a b?c=ü", Instant.parse("2026-03-01T12:00:00Z")));
  }

  private static <T> CloudEvent<T> read(EventCodec<T> codec, io.cloudevents.CloudEvent event)
      throws InvalidEventException {
    ProducerRecord<Void, byte[]> record =
        KafkaMessageFactory.<Void>createWriter("topic").writeBinary(event);
    return codec.read(
        name ->
            record.headers().lastHeader(name) == null
                ? null
                : new String(record.headers().lastHeader(name).value(), UTF_8),
        record.value());
  }
}
