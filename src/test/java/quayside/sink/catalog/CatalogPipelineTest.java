package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventCodec;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;

/** From a record that somebody publishes to the answer over HTTP: real broker, real database. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogPipelineTest {
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String THUMBNAILED = "oss.object.thumbnailed.v1";
  private static final EventCodec<ObjectUploaded> UPLOADS = EventCodec.objectUploaded();
  private static final EventCodec<ObjectThumbnailed> THUMBNAILS = EventCodec.objectThumbnailed();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Kafka kafka = new Kafka();
  private final String bucket = Upload.newBucket();
  private final Upload upload = Upload.of(bucket, "a.jpg");

  @AfterEach
  void close() {
    kafka.close();
  }

  @Test
  void publishedEvents_areAnsweredOverHttp() throws Exception {
    kafka.publish(THUMBNAILED, THUMBNAILS, upload.thumbnails());
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    kafka.publish(UPLOADED, UPLOADS, upload.event());

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            given()
                .get("/api/objects/" + bucket + "/a.jpg")
                .then()
                .statusCode(200)
                .body("etag", equalTo("ETAG-1"))
                .body("thumbnails", hasSize(2)));
    given().get("/api/objects?bucket=" + bucket).then().body("objects", hasSize(1));
  }

  /** Same key, same partition: what is behind the poison must still arrive. */
  @Test
  void poison_isSetAsideAndWhatIsBehindItArrives() throws Exception {
    Upload poison = upload.withVariables(java.util.Map.of("x:nul", "\0"));
    String key = bucket + "/a.jpg";
    kafka.publish(UPLOADED, UPLOADS, poison.event());
    kafka.publish(UPLOADED, key, "no event at all".getBytes(StandardCharsets.UTF_8));
    kafka.publish(UPLOADED, UPLOADS, upload.withSequence(2).withEtag("ETAG-2").event());

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            given()
                .get("/api/objects/" + bucket + "/a.jpg")
                .then()
                .statusCode(200)
                .body("etag", equalTo("ETAG-2")));

    List<ConsumerRecord<String, byte[]>> letters = deadLetters(key, 2);
    assertThat(letters)
        .extracting(letter -> Kafka.header(letter, "dead-letter-cause"))
        .containsExactlyInAnyOrder("catalog-text-with-nul", "invalid-event");
    ConsumerRecord<String, byte[]> letter =
        letters.stream()
            .filter(one -> Kafka.header(one, "dead-letter-cause").equals("catalog-text-with-nul"))
            .findFirst()
            .orElseThrow();
    assertThat(Kafka.header(letter, "dead-letter-topic")).isEqualTo(UPLOADED);
    assertThat(Kafka.header(letter, "ce_id")).isEqualTo(poison.id());
    assertThat(letter.value()).isEqualTo(UPLOADS.value(poison.event()));
  }

  private List<ConsumerRecord<String, byte[]>> deadLetters(String key, int count) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> kafka.find(UPLOADED + ".quayside-catalog.dlq", key),
            letters -> letters.size() == count);
  }
}
