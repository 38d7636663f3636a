package quayside.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventVerifier;
import quayside.event.IngestPath;
import quayside.event.TestWriters;

/**
 * The whole service with structured, signed and redacted events, on the real stack: from the
 * callback to the row, and from the dead letter back to the sink.
 */
@QuarkusTest
@TestProfile(StructuredEventsTest.Structured.class)
class StructuredEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String DEAD_LETTERS = UPLOADED + ".quayside-catalog.dlq";
  private static final String RETRIES = UPLOADED + ".quayside-catalog.retry";
  private static final JsonMapper JSON = new JsonMapper();

  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final String key = "structured-" + UUID.randomUUID() + ".txt";

  @TestHTTPResource URI uri;

  @TestHTTPResource(value = "/dead-letters", management = true)
  URI deadLetters;

  /** The stack, and what nobody gets without asking for it. */
  public static final class Structured implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quayside.events.content-mode",
          "structured",
          "quayside.events.signing.key-id",
          TestWriters.KEY_ID,
          "quayside.events.signing.private-key",
          TestWriters.PRIVATE_KEY,
          "quayside.callback.redact.client-ip",
          "drop");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class));
    }
  }

  @Test
  void callback_becomesASignedEventARowAndAnEntryOfTheTimeline() throws Exception {
    String id = send("x:album=summer");

    ConsumerRecord<String, byte[]> record = awaitRecord(UPLOADED, id);
    assertThat(PublishedEvents.header(record, "content-type"))
        .isEqualTo("application/cloudevents+json");
    JsonNode event = JSON.readTree(record.value());
    assertThat(event.path("id").asText()).isEqualTo(id);
    assertThat(event.path("data").path("variables").path("x:album").asText()).isEqualTo("summer");
    assertThat(new String(record.value(), StandardCharsets.UTF_8)).doesNotContain("198.51.100.7");
    assertThat(EventVerifier.ofTestKey().verify(headers(record), record.value()))
        .containsEntry("partitionkey", "uploads/" + key)
        .doesNotContainKey("ingestpath");
    awaitRow(id);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(timeline().<String>getList("entries.eventId")).contains(id));
    assertThat(timeline().getString("entries.find { it.kind == 'event' }.outcome"))
        .isEqualTo("callback");
  }

  /** A NUL is what no database takes: the event comes back, and is the same event. */
  @Test
  void poison_isRedrivenAndComesBackStillProven() throws Exception {
    String id = send("x:nul=%00");
    awaitRecord(DEAD_LETTERS, id);

    redrive(id);

    ConsumerRecord<String, byte[]> retried = awaitRecord(RETRIES, id);
    assertRedriven(retried);
    assertThat(PublishedEvents.header(retried, "ce_ingestpath")).isEqualTo("redrive");
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(PublishedEvents.withId(servers(), DEAD_LETTERS, id))
                .anyMatch(letter -> "1".equals(PublishedEvents.header(letter, "redrive-count"))));
  }

  /** Others write structured events without repeating them in headers. */
  @Test
  void deadLetterWithoutAttributesInHeaders_isFoundRedrivenAndApplied() throws Exception {
    EventRecord written =
        TestWriters.signed("structured")
            .write(EventCodec.objectUploaded(), TestEvents.uploaded(key));
    String id = "id-" + key;
    setAside(written);
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            given()
                .get(deadLetters + "?id=" + id)
                .then()
                .statusCode(200)
                .body("deadLetters.eventId", equalTo(List.of(id)))
                .body("deadLetters.eventType", equalTo(List.of("io.quayside.object.uploaded.v1"))));

    redrive(id);

    assertRedriven(awaitRecord(RETRIES, id));
    awaitRow(id);
  }

  private String send(String field) {
    byte[] callback =
        CallbackScenario.signedBy(signer)
            .withBody(
                "bucket=uploads&object="
                    + key
                    + "&size=5&etag=5D41402ABC4B2A76B9719D911017C592&clientIp=198.51.100.7&"
                    + field)
            .wire();
    RawHttp.Reply reply = RawHttp.send(uri.getPort(), callback);
    assertThat(reply.status()).isEqualTo(200);
    return JsonPath.from(reply.text()).getString("eventId");
  }

  private void setAside(EventRecord written) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> letter =
          new ProducerRecord<>(DEAD_LETTERS, written.key(), written.value());
      written.forEachHeader((name, text) -> {
        if (!name.startsWith("ce_")) {
          letter.headers().add(name, text);
        }
      });
      letter.headers().add("dead-letter-cause", "mended".getBytes(StandardCharsets.UTF_8));
      producer.send(letter).get(10, TimeUnit.SECONDS);
    }
  }

  private void redrive(String id) {
    Map<String, Object> filter = Map.of("group", "quayside-catalog", "ids", List.of(id));
    given()
        .contentType("application/json")
        .body(Map.of("by", "ops", "filter", filter))
        .post(deadLetters + "/redrive")
        .then()
        .statusCode(200)
        .body(containsString("\"moved\":1"));
  }

  private static void assertRedriven(ConsumerRecord<String, byte[]> record) throws Exception {
    assertThat(PublishedEvents.read(record).ingestPath()).isEqualTo(IngestPath.REDRIVE);
    assertThat(EventVerifier.ofTestKey().verify(headers(record), record.value())).isNotEmpty();
  }

  private static ConsumerRecord<String, byte[]> awaitRecord(String topic, String id) {
    return await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> PublishedEvents.withId(servers(), topic, id), list -> !list.isEmpty())
        .getFirst();
  }

  private void awaitRow(String id) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            given()
                .get("/api/objects/uploads/" + key)
                .then()
                .statusCode(200)
                .body("eventId", equalTo(id)));
  }

  private JsonPath timeline() {
    return given().get("/api/objects/uploads/" + key + "/timeline").jsonPath();
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(header ->
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static String servers() {
    return LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  }
}
