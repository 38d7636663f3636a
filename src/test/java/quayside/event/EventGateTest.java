package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What watches over all other tests sees what it has to see. */
class EventGateTest {
  private static final String TOPIC = "oss.object.uploaded.v1";
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("schemas/examples/object-uploaded.v1/valid"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void validRecord_passes(Path example) throws Exception {
    CloudEvent<ObjectUploaded> event = event(Files.readAllBytes(example));

    assertThat(findings(TOPIC, event.partitionKey(), headers(event), CODEC.value(event))).isEmpty();
  }

  /** Each line: a header, what it is instead, and what is said of it. */
  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 0.3, /ce_specversion",
    "ce_specversion, , not found",
    "ce_id, , not found",
    "ce_source, acs:oss:-:-:another, does not name the bucket",
    "ce_source, https://uploads, /ce_source",
    "ce_type, io.quayside.object.deleted.v1, does not belong on this topic",
    "ce_type, io.quayside.object.uploaded.v9, is not known",
    "ce_type, , is missing",
    "ce_subject, other, is not the key",
    "ce_subject, , is not the key",
    "ce_time, yesterday, /ce_time",
    "ce_time, , not found",
    "ce_recordedtime, 2026-11-22 08:00:00, /ce_recordedtime",
    "ce_dataschema, object-uploaded.v1.schema.json, is not https://quayside.io/schemas/",
    "ce_sequence, -1, /ce_sequence",
    "ce_sequence, 1e9, /ce_sequence",
    "ce_ingestpath, elsewhere, /ce_ingestpath",
    "ce_schemaid, v1, /ce_schemaid",
    "ce_partitionkey, uploads/other, is not ce_partitionkey",
    "ce_partitionkey, , is not ce_partitionkey",
    "ce_Bad_Name, x, is no name",
    "content-type, text/plain, /content-type",
    "content-type, , is missing",
    "traceparent, 1-2-3, /traceparent",
  })
  void wrongHeader_isFound(String name, String value, String finding) throws Exception {
    CloudEvent<ObjectUploaded> event = event();
    Headers headers = headers(event).remove(name);
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }

    assertThat(findings(TOPIC, event.partitionKey(), headers, CODEC.value(event)))
        .isNotEmpty()
        .anyMatch(found -> found.contains(finding));
  }

  @Test
  void headerThatIsThereTwice_isFound() throws Exception {
    CloudEvent<ObjectUploaded> event = event();

    assertThat(
            findings(
                TOPIC,
                event.partitionKey(),
                headers(event).add("ce_id", "x".getBytes(UTF_8)),
                CODEC.value(event)))
        .containsExactly("ce_id: is there twice");
  }

  /** Of formats a validator says nothing unless it is told to. */
  @ParameterizedTest
  @CsvSource({
    "https://gosspublic.alicdn.com/callback_pub_key_v1.pem, not a URL, keyUrl",
    "\"size\":, \"size\":-, size",
    "5CF3E7821AB22D0FDB86704D, short, requestId",
  })
  void wrongValue_isFound(String original, String wrong, String member) throws Exception {
    CloudEvent<ObjectUploaded> event = event();
    String value = new String(CODEC.value(event), UTF_8);
    byte[] broken = value.replace(original, wrong).getBytes(UTF_8);

    assertThat(findings(TOPIC, event.partitionKey(), headers(event), broken))
        .hasSize(1)
        .first()
        .asString()
        .contains(member);
  }

  @Test
  void valueOfAnotherObject_isFound() throws Exception {
    CloudEvent<ObjectUploaded> event = event();
    byte[] other =
        new String(CODEC.value(event), UTF_8)
            .replace("\"key\":\"", "\"key\":\"other-")
            .getBytes(UTF_8);

    assertThat(findings(TOPIC, event.partitionKey(), headers(event), other))
        .anyMatch(found -> found.startsWith("key: "))
        .anyMatch(found -> found.startsWith("ce_subject: "));
  }

  /** The last word about an object that is gone; of no other type is there such a record. */
  @Test
  void stateWithoutValue_isADeletion() throws Exception {
    Headers headers = headers(event()).remove("content-type");
    headers.remove("ce_type").add("ce_type", "io.quayside.object.state.v1".getBytes(UTF_8));
    byte[] schema = EventType.OBJECT_STATE_V1.dataSchema().toString().getBytes(UTF_8);
    headers.remove("ce_dataschema").add("ce_dataschema", schema);
    String states = "oss.object.state.v1";
    String key = event().partitionKey();

    assertThat(findings(states, key, headers, null)).isEmpty();
    assertThat(findings(states, key, new RecordHeaders(headers).remove("ce_subject"), null))
        .anyMatch(finding -> finding.contains("does not end in ce_subject"));
    assertThat(findings(states, key, new RecordHeaders(headers(event())), null))
        .contains("content-type: is there without a value");
  }

  @Test
  void eventWithoutValue_isFound() throws Exception {
    CloudEvent<ObjectUploaded> event = event();

    assertThat(findings(TOPIC, event.partitionKey(), headers(event), null))
        .contains("value: is null");
  }

  /** The envelope of the structured mode repeats what the headers say, or contradicts it. */
  @Test
  void structuredRecord_isLookedIntoAndComparedWithItsHeaders() throws Exception {
    CloudEvent<ObjectUploaded> event = event();
    Headers headers = headers(event).remove("content-type");
    headers.add("content-type", "application/cloudevents+json".getBytes(UTF_8));
    String envelope =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"%s\",\"type\":\"%s\",\"subject\":\"%s\","
            + "\"time\":\"%s\",\"dataschema\":\"%s\",\"recordedtime\":\"%s\",\"partitionkey\":\"%s\","
            + "\"sequence\":\"%d\",\"ingestpath\":\"callback\","
            + "\"datacontenttype\":\"application/json\",\"data\":%s}";
    String right =
        envelope.formatted(
            event.id(),
            event.source(),
            event.type().ceType(),
            event.subject(),
            event.time(),
            event.type().dataSchema(),
            event.recordedTime(),
            event.partitionKey(),
            event.sequence(),
            new String(CODEC.value(event), UTF_8));
    String wrong = right.replace("\"sequence\":\"7\"", "\"sequence\":\"8\"");

    assertThat(findings(TOPIC, event.partitionKey(), headers, right.getBytes(UTF_8))).isEmpty();
    assertThat(findings(TOPIC, event.partitionKey(), headers, wrong.getBytes(UTF_8)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("envelope: ");
  }

  /** What is set aside may be anything, but is passed on as it came. */
  @Test
  void deadLetter_isWhateverWasPublishedButHasNothingTwice() throws Exception {
    String letters = TOPIC + ".quayside-catalog.dlq";
    Headers broken = headers(event()).remove("ce_time");
    byte[] trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".getBytes(UTF_8);
    Headers copied = new RecordHeaders(broken).add("traceparent", trace);
    Headers again = new RecordHeaders(copied).add("traceparent", trace);

    assertThat(findings(letters, "k", copied, new byte[0])).isEmpty();
    assertThat(findings(letters, "k", again, new byte[0]))
        .containsExactly("traceparent: is there twice");
  }

  @Test
  void recordOfSomebodyElse_isNoConcernOfOurs() {
    assertThat(findings("orders", "k", new RecordHeaders(), new byte[] {1})).isEmpty();
  }

  /** The interceptor is asked before the client looks for a broker, which there is none. */
  @Test
  void wrongRecord_isSeenInAClientThatHasTheGate() throws Exception {
    publishWrongRecord();

    assertThat(EventFindings.drain())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("while EventGateTest.wrongRecord_isSeenInAClientThatHasTheGate() ran: ")
        .contains(TOPIC + " the-id: ", "'ce_time' not found");
  }

  @Test
  void testThatPublishesAWrongRecord_fails() {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(PublishesAWrongRecord.class))
            .build();

    LauncherFactory.create(
            LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build())
        .execute(request, summary);

    assertThat(summary.getSummary().getTestsStartedCount()).isEqualTo(1);
    assertThat(summary.getSummary().getFailures())
        .hasSize(1)
        .first()
        .extracting(failure -> failure.getException().getMessage())
        .asString()
        .contains("PublishesAWrongRecord.looksGood() ran", "the-id", "'ce_time' not found");
  }

  /** No test of ours: nested, so that no test run finds it. */
  static class PublishesAWrongRecord {
    @Test
    void looksGood() throws Exception {
      publishWrongRecord();
    }
  }

  private static void publishWrongRecord() throws IOException {
    CloudEvent<ObjectUploaded> event = event();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:1",
            "max.block.ms",
            0,
            "interceptor.classes",
            EventGate.class.getName());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      var unknownTopic =
          producer.send(
              new ProducerRecord<>(
                  TOPIC,
                  null,
                  event.partitionKey(),
                  CODEC.value(event),
                  headers(event).remove("ce_time")));
      assertThat(unknownTopic).failsWithin(Duration.ZERO);
    }
  }

  private static List<String> findings(String topic, String key, Headers headers, byte[] value) {
    return EventOracle.findings(topic, key, headers, value);
  }

  private static Headers headers(CloudEvent<ObjectUploaded> event) {
    Headers headers = new RecordHeaders();
    CODEC.headers(event).forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
    return headers;
  }

  private static CloudEvent<ObjectUploaded> event() throws IOException {
    return event(
        Files.readAllBytes(Path.of("schemas/examples/object-uploaded.v1/valid/full.json")));
  }

  private static CloudEvent<ObjectUploaded> event(byte[] value) throws IOException {
    ObjectUploaded data =
        com.fasterxml.jackson.databind.json.JsonMapper.builder()
            .disable(
                com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readValue(value, ObjectUploaded.class);
    return new CloudEvent<>(
        "the-id",
        "acs:oss:-:-:" + Objects.requireNonNullElse(data.bucket(), "-"),
        EventType.OBJECT_UPLOADED_V1,
        data.key(),
        Instant.EPOCH,
        Instant.EPOCH,
        data.namesObject() ? data.bucket() + "/" + data.key() : null,
        7,
        IngestPath.CALLBACK,
        null,
        data);
  }
}
