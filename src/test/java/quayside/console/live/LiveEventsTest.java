package quayside.console.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.console.BucketUploads;

/** The stream and single records over real parts: from a callback to what a browser reads. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class LiveEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BURST = 5000;

  @TestHTTPResource("/")
  URI api;

  private final String folder = "live-" + UUID.randomUUID();

  @Test
  void upload_isToldThroughEveryStageWithItsTimes() throws Exception {
    try (StreamClient stream = stream("uploads", folder);
        StreamClient other = stream("uploads", "other-" + folder)) {
      String key = folder + "/日落 sunset.png";

      String eventId = new BucketUploads(api).upload(key, "image/png", BucketUploads.picture());

      JsonNode event = awaitEntry(stream, entry -> is(entry, "event", eventId));
      assertThat(event.path("key").asText()).isEqualTo(key);
      assertThat(event.path("millis").isNumber()).isTrue();
      assertThat(event.path("upload").path("verificationLevel").asText()).isEqualTo("signature");
      assertThat(event.path("upload").path("mimeType").asText()).isEqualTo("image/png");
      assertThat(event.path("upload").path("image").path("width").asInt()).isEqualTo(400);
      for (String sink : List.of("catalog", "search", "thumbnail")) {
        JsonNode effect = awaitEntry(stream, e -> is(e, "effect", eventId) && sink.equals(sink(e)));
        assertThat(effect.path("millis").asLong()).as(sink).isBetween(0L, LIMIT.toMillis());
        assertThat(effect.path("outcome").asText()).isNotEmpty();
      }
      JsonNode thumbnailed = awaitEntry(stream, entry -> entry.has("thumbnails"));
      assertThat(thumbnailed.path("millis").isNumber()).isTrue();
      assertThat(thumbnailed.path("thumbnails").get(0).path("key").asText()).isNotEmpty();
      assertThat(stream.messages().getFirst().event()).isEqualTo("hello");
      assertThat(stream.head()).contains("Cache-Control: no-store", "X-Accel-Buffering: no");
      assertThat(other.entries()).isEmpty();

      assertIsShownRaw(event, eventId);
    }
  }

  private void assertIsShownRaw(JsonNode entry, String eventId) {
    given()
        .get(path(entry.path("place")))
        .then()
        .statusCode(200)
        .body("topic", equalTo("oss.object.uploaded.v1"))
        .body("offset", equalTo(entry.path("place").path("offset").asInt()))
        .body("key", equalTo("uploads/" + entry.path("key").asText()))
        .body("headers.ce_id", equalTo(eventId))
        .body("value", containsString("\"mimeType\":\"image/png\""))
        .body("$", not(hasKey("valueBase64")))
        .body("timestamp", containsString("T"));
  }

  @Test
  void unreadablePicture_isToldAsDeadLetterThatCanBeShown() throws Exception {
    try (StreamClient stream = stream("uploads", folder)) {
      byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
      String eventId = new BucketUploads(api).upload(folder + "/text.jpg", "image/jpeg", text);

      JsonNode letter = awaitEntry(stream, entry -> is(entry, "dead-letter", eventId));

      assertThat(sink(letter)).isEqualTo("thumbnail");
      assertThat(letter.path("outcome").asText()).isEqualTo("image-unsupported");
      assertThat(letter.path("millis").isNumber()).isTrue();
      given()
          .get(path(letter.path("place")))
          .then()
          .statusCode(200)
          .body("headers.dead-letter-cause", equalTo("image-unsupported"));
    }
  }

  @Test
  void hostileName_travelsAsText() throws Exception {
    String key =
        folder + "/<img src=x onerror=alert(1)> \u202egnp.exe & \"q\" \u2028 " + "照".repeat(200);
    try (StreamClient stream = stream("uploads", folder)) {
      String eventId = new BucketUploads(api).upload(key, "text/plain", new byte[] {1});

      assertThat(awaitEntry(stream, e -> is(e, "event", eventId)).path("key").asText())
          .isEqualTo(key);
    }
  }

  /** A burst and a reader who does not read: neither more messages nor more memory than bounded. */
  @Test
  void burstToASlowReader_isCoalescedBoundedAndCounted() throws Exception {
    URI uri = uri("burst-" + folder, "");
    try (StreamClient fast = stream("burst-" + folder, "");
        StreamClient slow = StreamClient.open(uri)) {
      publishEffects("burst-" + folder);
      await().atMost(LIMIT).until(() -> told(fast) == BURST);

      slow.goOnReading();

      await().atMost(LIMIT).until(() -> told(slow) == BURST);
      for (StreamClient stream : List.of(fast, slow)) {
        assertThat(stream.messages()).hasSizeLessThan(50);
        assertThat(stream.messages())
            .allSatisfy(m -> assertThat(m.data().path("entries").size()).isLessThanOrEqualTo(500));
        assertThat(stream.entries().getLast().path("eventId").asText()).startsWith("e9-");
      }
    }
  }

  private static int told(StreamClient stream) {
    return stream.messages().stream()
        .mapToInt(m -> m.data().path("omitted").asInt() + m.data().path("entries").size())
        .sum();
  }

  private static void publishEffects(String bucket) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            LaptopStackResource.running().getProperty("kafka.bootstrap.servers"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int batch = 0; batch < 10; batch++) {
        String value = batch(batch, bucket);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>("quayside.effects.v1", bytes)).get();
      }
    }
  }

  private static String batch(int batch, String bucket) {
    String effects =
        IntStream.range(0, BURST / 10)
            .mapToObj(i ->
                """
                {"bucket":"%s","key":"k%d","eventId":"e%d-%d","eventType":"t","outcome":"applied"}\
                """
                    .formatted(bucket, i, batch, i))
            .collect(Collectors.joining(","));
    return """
    {"sink":"catalog","time":"2026-11-28T08:00:0%dZ","effects":[%s]}\
    """
        .formatted(batch, effects);
  }

  @Test
  void streamBeyondTheLimit_isRefusedUntilOthersAreClosed() throws Exception {
    List<StreamClient> streams = new ArrayList<>();
    try {
      String status = "HTTP/1.1 200 OK";
      while (streams.size() <= 200 && status.endsWith("200 OK")) {
        streams.add(StreamClient.open(uri("x", "y")));
        status = streams.getLast().status();
      }
      // Streams of other tests may still be closing.
      assertThat(streams).hasSizeBetween(190, 201);
      assertThat(status).startsWith("HTTP/1.1 503");
      given()
          .get(uri("x", "y"))
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .body("reason", equalTo("too-many-streams"));
    } finally {
      for (StreamClient stream : streams) {
        stream.close();
      }
    }
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          try (StreamClient stream = StreamClient.open(uri("x", "y"))) {
            assertThat(stream.status()).isEqualTo("HTTP/1.1 200 OK");
          }
        });
  }

  @Test
  void placeWithoutARecord_isNotFoundAndNoPlaceIsBad() {
    for (String place :
        List.of(
            "oss.object.uploaded.v1/0/999999999",
            "oss.object.uploaded.v1/99/0",
            "oss.object.deleted.v1.quayside-search.dlq/0/0",
            "__consumer_offsets/0/0",
            "oss.object.state.v1/0/0")) {
      given()
          .get("/api/events/" + place)
          .then()
          .statusCode(404)
          .body("reason", equalTo("event-not-found"));
    }
    for (String place : List.of("t/x/0", "t/0/-1", "t/0/1e3", "t/0/9999999999999999999")) {
      given()
          .get("/api/events/" + place)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("reason", equalTo("bad-place"));
    }
  }

  @Test
  void contract_isInTheOpenApiDocument() {
    assertThat(given().get("/q/openapi").then().statusCode(200).extract().asString())
        .contains(
            "/api/events:",
            "text/event-stream",
            "/api/events/{topic}/{partition}/{offset}:",
            "/api/operations:",
            "/api/thumbnails/{bucket}/{key}:");
  }

  private StreamClient stream(String bucket, String prefix) throws Exception {
    return StreamClient.read(uri(bucket, prefix)).awaitBeginning();
  }

  private URI uri(String bucket, String prefix) {
    String encoded = URLEncoder.encode(prefix, StandardCharsets.UTF_8);
    return api.resolve("/api/events?bucket=" + bucket + "&prefix=" + encoded);
  }

  private static JsonNode awaitEntry(StreamClient stream, Predicate<JsonNode> which) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> stream.entries().stream().filter(which).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  private static boolean is(JsonNode entry, String kind, String eventId) {
    return entry.path("kind").asText().equals(kind)
        && entry.path("eventId").asText().equals(eventId);
  }

  private static String sink(JsonNode entry) {
    return entry.path("sink").asText();
  }

  private static String path(JsonNode place) {
    return "/api/events/"
        + place.path("topic").asText()
        + "/"
        + place.path("partition").asInt()
        + "/"
        + place.path("offset").asLong();
  }
}
