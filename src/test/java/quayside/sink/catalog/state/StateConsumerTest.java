package quayside.sink.catalog.state;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.catalog.Kafka;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.Verdict;

/** From events that somebody publishes to the states on the topic: real broker, real database. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class StateConsumerTest {
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String THUMBNAILED = "oss.object.thumbnailed.v1";
  private static final String DELETED = "oss.object.deleted.v1";
  private static final EventCodec<ObjectUploaded> UPLOADS = EventCodec.objectUploaded();
  private static final EventCodec<ObjectThumbnailed> THUMBNAILS = EventCodec.objectThumbnailed();
  private static final EventCodec<ObjectDeleted> DELETIONS = EventCodec.objectDeleted();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path SCHEMA = Path.of("schemas/object-state.v1.schema.json");

  @Inject MeterRegistry metrics;

  private final Kafka kafka = new Kafka();
  private final String bucket = Upload.newBucket();
  private final Upload upload = Upload.of(bucket, "a b/ü.jpg");

  @AfterEach
  void close() {
    kafka.close();
  }

  @Test
  void upload_isToldWithAllThatTheCatalogKnows() throws Exception {
    Upload told = upload.withVariables(Map.of("x:album", "1")).withFields(Map.of("f", "v"));
    kafka.publish(UPLOADED, UPLOADS, told.event());

    ConsumerRecord<String, byte[]> record = last(1);

    JsonNode state = StateTopic.json(record);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMA))
                .validate(state))
        .isEmpty();
    assertThat(state.path("etag").asText()).isEqualTo("ETAG-1");
    assertThat(state.path("size").asLong()).isEqualTo(4711);
    assertThat(state.path("image").path("width").asInt()).isEqualTo(640);
    assertThat(state.path("variables").path("x:album").asText()).isEqualTo("1");
    assertThat(state.path("fields").path("f").asText()).isEqualTo("v");
    assertThat(state.path("verification").path("level").asText()).isEqualTo("signature");
    assertThat(state.path("uploadId").asText()).isEqualTo(told.id());
    assertThat(state.path("uploadedAt").asText()).isEqualTo("2026-11-01T08:00:00Z");
    assertThat(state.path("thumbnails").isNull()).isTrue();
    assertThat(headers(record))
        .containsEntry("ce_type", "io.quayside.object.state.v1")
        .containsEntry("ce_source", "acs:oss:cn-hangzhou:1283:" + bucket)
        .containsEntry("ce_subject", "a b/ü.jpg")
        .containsEntry("ce_partitionkey", bucket + "/a b/ü.jpg")
        .containsEntry("ce_sequence", "1")
        .containsEntry("ce_ingestpath", "catalog")
        .containsEntry("ce_causationid", told.id())
        .containsEntry("content-type", "application/json")
        .containsEntry("ce_id", id(bucket + "\na b/ü.jpg\n" + told.id() + "\n1\n-"));
  }

  @Test
  void eventsInAnyOrderAndMoreThanOnce_leaveTheNewestAsTheLastRecord() throws Exception {
    Upload second = upload.withSequence(20_000_000).withEtag("ETAG-2").withId("second-" + bucket);
    Upload third = upload.withSequence(40_000_000).withEtag("ETAG-3").withId("third-" + bucket);
    for (Upload one : List.of(second, third, upload, second, third, upload)) {
      kafka.publish(UPLOADED, UPLOADS, one.event());
    }

    lastIs(record -> {
      assertThat(StateTopic.sequence(record)).isEqualTo(40_000_000);
      assertThat(StateTopic.json(record).path("etag").asText()).isEqualTo("ETAG-3");
    });
    awaitAllRead();
    assertThat(StateTopic.of(bucket, "a b/ü.jpg"))
        .extracting(StateTopic::sequence)
        .isSorted()
        .endsWith(40_000_000L);
  }

  @Test
  void thumbnails_areToldWithTheObject() throws Exception {
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    last(1);
    kafka.publish(THUMBNAILED, THUMBNAILS, upload.thumbnails());

    lastIs(record -> {
      JsonNode thumbnails = StateTopic.json(record).path("thumbnails");
      assertThat(thumbnails.path("sequence").asText()).isEqualTo("1");
      assertThat(thumbnails.path("etag").asText()).isEqualTo("ETAG-1");
      assertThat(thumbnails.path("thumbnails")).hasSize(2);
      assertThat(thumbnails.path("thumbHash").asText()).isEqualTo("3OcRJYB4d3h/iIeHeEh3eIhw+j3A");
      assertThat(StateTopic.json(record).path("uploadId").asText()).isEqualTo(upload.id());
      assertThat(headers(record).get("ce_id"))
          .isEqualTo(id(bucket + "\na b/ü.jpg\n" + upload.id() + "\n1\n1"));
    });
  }

  /** A subscriber that begins just then would otherwise never learn of them. */
  @Test
  void thumbnailsOfAnUploadThatIsNotThereYet_areToldWithout() throws Exception {
    kafka.publish(THUMBNAILED, THUMBNAILS, upload.thumbnails());

    ConsumerRecord<String, byte[]> alone = last(1);

    JsonNode state = StateTopic.json(alone);
    assertThat(StateTopic.sequence(alone)).isZero();
    assertThat(state.path("uploadId").isNull()).isTrue();
    assertThat(state.path("verification").isNull()).isTrue();
    assertThat(state.path("thumbnails").path("sequence").asText()).isEqualTo("1");
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    lastIs(record -> {
      assertThat(StateTopic.json(record).path("uploadId").asText()).isEqualTo(upload.id());
      assertThat(StateTopic.json(record).path("thumbnails").path("thumbnails")).hasSize(2);
    });
  }

  @Test
  void deletion_isATombstoneThatNothingLateReplaces() throws Exception {
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    last(1);
    kafka.publish(DELETED, DELETIONS, gone(90));

    lastIs(record -> assertThat(record.value()).isNull());
    ConsumerRecord<String, byte[]> tombstone = StateTopic.last(bucket, "a b/ü.jpg");
    assertThat(tombstone).isNotNull();
    assertThat(headers(tombstone))
        .containsEntry("ce_type", "io.quayside.object.state.v1")
        .containsEntry("ce_sequence", "90000000")
        .containsEntry("ce_causationid", gone(90).id())
        .doesNotContainKey("content-type");

    int before = StateTopic.of(bucket, "a b/ü.jpg").size();
    Upload late = upload.withSequence(30_000_000).withEtag("LATE").withId("late-" + bucket);
    kafka.publish(UPLOADED, UPLOADS, late.event());
    await().atMost(LIMIT).until(() -> StateTopic.of(bucket, "a b/ü.jpg").size() == before + 1);
    kafka.publish(THUMBNAILED, THUMBNAILS, late.thumbnails());
    await().atMost(LIMIT).until(() -> StateTopic.of(bucket, "a b/ü.jpg").size() == before + 2);
    assertThat(StateTopic.of(bucket, "a b/ü.jpg").subList(before - 1, before + 2))
        .allSatisfy(record -> assertThat(record.value()).isNull());

    Upload again = upload.withSequence(120_000_000).withEtag("AGAIN").withId("again-" + bucket);
    kafka.publish(UPLOADED, UPLOADS, again.event());
    lastIs(record -> {
      assertThat(StateTopic.json(record).path("etag").asText()).isEqualTo("AGAIN");
      assertThat(StateTopic.json(record).path("thumbnails").isNull()).isTrue();
    });
  }

  /** Subscribers read it on its topic; what the catalog makes of it is not their affair. */
  @Test
  void eventThatTheCatalogSetsAside_isToldAsItSays() throws Exception {
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    last(1);
    Upload poison =
        upload
            .withSequence(20_000_000)
            .withEtag("POISON")
            .withId("poison-" + bucket)
            .withVariables(Map.of("x:nul", "\0"));
    kafka.publish(UPLOADED, UPLOADS, poison.event());

    lastIs(record -> {
      assertThat(StateTopic.sequence(record)).isEqualTo(20_000_000);
      assertThat(StateTopic.json(record).path("uploadId").asText()).isEqualTo(poison.id());
      assertThat(StateTopic.json(record).path("variables").path("x:nul").asText()).isEqualTo("\0");
    });
    // The documented limit: the next event of the object brings back what the catalog holds.
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    lastIs(record -> assertThat(StateTopic.sequence(record)).isEqualTo(1));
  }

  /** As a dead letter that is moved back, or a try that is due: applied beside the stream. */
  @Test
  void eventAppliedFromTheRetryTopic_isTold() throws Exception {
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    last(1);
    Upload redriven = upload.withSequence(20_000_000).withEtag("LATER").withId("r-" + bucket);
    kafka.publish(UPLOADED + ".quayside-catalog.retry", UPLOADS, redriven.event());

    lastIs(record -> {
      assertThat(StateTopic.sequence(record)).isEqualTo(20_000_000);
      assertThat(StateTopic.json(record).path("etag").asText()).isEqualTo("LATER");
    });
  }

  /** One id, two times of receipt: the catalog took the first, which has been overwritten since. */
  @Test
  void secondDeliveryWithAGreaterSequence_isNotTakenForAnEventSetAside() throws Exception {
    Upload next = upload.withSequence(20_000_000).withEtag("NEXT").withId("next-" + bucket);
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    kafka.publish(UPLOADED, UPLOADS, next.event());
    lastIs(record -> assertThat(StateTopic.sequence(record)).isEqualTo(20_000_000));
    int before = StateTopic.of(bucket, "a b/ü.jpg").size();

    kafka.publish(UPLOADED, UPLOADS, upload.withSequence(60_000_000).withId(upload.id()).event());

    await().atMost(LIMIT).until(() -> StateTopic.of(bucket, "a b/ü.jpg").size() > before);
    lastIs(record -> assertThat(StateTopic.json(record).path("etag").asText()).isEqualTo("NEXT"));
  }

  @Test
  void recordsThatTellOfNothing_areSkippedAndCounted() throws Exception {
    double keyless = skipped("no-object");
    double invalid = skipped("invalid-event");
    double tooLong = skipped("not-storable");
    String longKey = bucket + "/" + "k".repeat(1024);

    kafka.publish(UPLOADED, null, "nothing".getBytes(StandardCharsets.UTF_8));
    kafka.publish(UPLOADED, bucket + "/poison", "nothing".getBytes(StandardCharsets.UTF_8));
    kafka.publish(UPLOADED, longKey, "nothing".getBytes(StandardCharsets.UTF_8));
    kafka.publish(UPLOADED, UPLOADS, upload.event());

    last(1);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(skipped("no-object")).isGreaterThan(keyless);
          assertThat(skipped("invalid-event")).isGreaterThan(invalid);
          assertThat(skipped("not-storable")).isGreaterThan(tooLong);
        });
    assertThat(StateTopic.of(bucket, "poison")).isEmpty();
  }

  @Test
  void lagAndFreshness_areShown() throws Exception {
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    last(1);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(
                    metrics
                        .get("quayside.consumer.lag")
                        .tags("group", "quayside-state", "topic", UPLOADED)
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(0));
    assertThat(metrics.get("quayside.state.freshness").timer().count()).isPositive();
    assertThat(metrics.get("quayside.state.published").counter().count()).isPositive();
    given().when().get("/api/objects?bucket=" + bucket).then().statusCode(200);
  }

  private CloudEvent<ObjectDeleted> gone(long second) {
    return Verdict.gone(bucket, "a b/ü.jpg", Instant.ofEpochSecond(second));
  }

  private double skipped(String reason) {
    return metrics.counter("quayside.state.skipped", "reason", reason).count();
  }

  private ConsumerRecord<String, byte[]> last(int records) {
    return await()
        .atMost(LIMIT)
        .until(() -> StateTopic.of(bucket, "a b/ü.jpg"), found -> found.size() >= records)
        .getLast();
  }

  private void lastIs(Consumer<ConsumerRecord<String, byte[]>> expected) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          ConsumerRecord<String, byte[]> record = StateTopic.last(bucket, "a b/ü.jpg");
          assertThat(record).isNotNull();
          expected.accept(record);
        });
  }

  // What was published last of this object is told, and so is all before it.
  private void awaitAllRead() throws Exception {
    int before = StateTopic.of(bucket, "a b/ü.jpg").size();
    kafka.publish(UPLOADED, UPLOADS, upload.event());
    await().atMost(LIMIT).until(() -> StateTopic.of(bucket, "a b/ü.jpg").size() > before);
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static String id(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "state-" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
