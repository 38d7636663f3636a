package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.oss.ObjectStore;

/**
 * Contradictions, tombstones and confirmation with a real database, broker and bucket: the events
 * go into the catalog's sinks, the verdicts come back through Kafka.
 */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogSettlementTest {
  private static final String BUCKET = "uploads";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject ObjectSink objects;
  @Inject TombstoneSink tombstones;
  @Inject ThumbnailSink thumbnails;
  @Inject SettlementQueue queue;
  @Inject ObjectStore store;
  @Inject MeterRegistry metrics;

  private final String run = UUID.randomUUID().toString();
  private final String key = run + "/a.bin";
  private final ObjectName name = new ObjectName(BUCKET, key);
  private final Upload upload = Upload.of(BUCKET, key);

  @Test
  void deletedObject_isNotShownAnyMore() throws Exception {
    String bucket = Upload.newBucket();
    Upload present = Upload.of(bucket, "a.jpg").withSequence(10_000_000);
    objects.apply(List.of(present.event()));
    thumbnails.apply(List.of(present.thumbnails()));

    tombstones.apply(List.of(gone(bucket, "a.jpg", 20)));

    given()
        .get("/api/objects/" + bucket + "/a.jpg")
        .then()
        .statusCode(404)
        .body("reason", equalTo("object-deleted"));
    given().get("/api/objects?bucket=" + bucket).then().body("objects", empty());
    given().get("/api/objects?order=key&bucket=" + bucket).then().body("objects", empty());
    objects.apply(List.of(present.withSequence(9_000_000).event()));
    given().get("/api/objects/" + bucket + "/a.jpg").then().statusCode(404);
    objects.apply(List.of(present.withSequence(30_000_000).event()));
    given()
        .get("/api/objects/" + bucket + "/a.jpg")
        .then()
        .statusCode(200)
        .body("thumbnails", empty());
  }

  /**
   * The clock of one instance is ahead: the version that was overwritten has the larger sequence.
   */
  @Test
  void contradiction_isWonByTheVersionInTheBucket() throws Exception {
    String live = put(key, 1);
    Upload winner = upload.withEtag(live).withVariables(Map.of("x:who", "winner"));
    Upload loser = upload.withSequence(2_000_000).withEtag("OVERWRITTEN");

    objects.apply(List.of(loser.event()));
    objects.apply(List.of(winner.event()));

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            shown()
                .statusCode(200)
                .body("etag", equalTo(live))
                .body("verificationLevel", equalTo("confirmed"))
                .body("variables.'x:who'", equalTo("winner")));
    await().atMost(LIMIT).untilAsserted(() -> assertThat(rows("settlement")).isEmpty());
    assertThat(rivals()).containsOnly("OVERWRITTEN superseded", live + " won");
    await().atMost(LIMIT).untilAsserted(() -> searched().body("hits", hasSize(1)));
  }

  @Test
  void contradictionAboutAnObjectThatIsGone_isATombstone() throws Exception {
    objects.apply(
        List.of(
            upload.withEtag("A").event(), upload.withSequence(2_000_000).withEtag("B").event()));

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> shown().statusCode(404).body("reason", equalTo("object-deleted")));
    assertThat(rivals()).containsOnly("A superseded", "B superseded");
    await().atMost(LIMIT).untilAsserted(() -> searched().body("hits", empty()));
  }

  /** Outside of the window clocks are believed. */
  @Test
  void ordinaryOverwrite_isNoContradiction() throws Exception {
    objects.apply(List.of(upload.withEtag("A").event()));
    objects.apply(List.of(upload.withSequence(6_000_000).withEtag("B").event()));

    assertThat(rows("settlement")).isEmpty();
    assertThat(rivals()).isEmpty();
    shown().statusCode(200).body("etag", equalTo("B"));
  }

  /** A wrong endpoint must not delete everything. */
  @Test
  void bucketThatDoesNotExist_deletesNothing() throws Exception {
    String bucket = Upload.newBucket();
    double before = settled("no-bucket");
    Upload one = Upload.of(bucket, "a");

    objects.apply(List.of(one.withEtag("A").event(), one.withSequence(2).withEtag("B").event()));

    await().atMost(LIMIT).until(() -> settled("no-bucket") > before);
    given().get("/api/objects/" + bucket + "/a").then().statusCode(200).body("etag", equalTo("B"));
  }

  @Test
  void confirmation_raisesTheLevelWhenEtagAndSizeAgree() throws Exception {
    objects.apply(List.of(upload.withEtag(put(key, 2)).event()));

    queue.enter(name, SettlementReason.CONFIRM);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            shown()
                .body("verificationLevel", equalTo("confirmed"))
                .body("disputed", equalTo(null)));
  }

  @Test
  void confirmationThatFails_isADisputeWithBothValues() throws Exception {
    String live = put(key, 3);
    double before = settled("disputed");
    objects.apply(List.of(upload.withEtag("CLAIMED").event()));

    queue.enter(name, SettlementReason.CONFIRM);

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            shown()
                .body("etag", equalTo("CLAIMED"))
                .body("verificationLevel", equalTo("signature"))
                .body("disputed.etag", equalTo(live))
                .body("disputed.size", equalTo(4711)));
    assertThat(settled("disputed")).isGreaterThan(before);
    objects.apply(List.of(upload.withSequence(9_000_000).withEtag(live).event()));
    shown().body("etag", equalTo(live)).body("disputed", equalTo(null));
  }

  @Test
  void confirmationOfAnObjectThatIsGone_isATombstone() throws Exception {
    objects.apply(List.of(upload.event()));

    queue.enter(name, SettlementReason.CONFIRM);

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> shown().statusCode(404).body("reason", equalTo("object-deleted")));
  }

  /** As the property test of the rules, with the real parts. */
  @Test
  void anyOrderOfAnyHistory_endsAsTheBucketIs() throws Exception {
    List<History> histories = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      String own = run + "/history-" + seed;
      List<String> etags = IntStream.range(0, 6).mapToObj(n -> etag(content(n))).toList();
      History history = History.random(new ObjectName(BUCKET, own), random, etags);
      if (history.live() != null) {
        put(own, etags.indexOf(history.live()));
      }
      for (CloudEvent<?> event : history.deliveries(random)) {
        apply(event);
      }
      histories.add(history);
    }

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(rowsUnder("settlement", run)).isZero();
          for (History history : histories) {
            var answer = given().get("/api/objects/" + BUCKET + "/" + history.name().key()).then();
            if (history.live() == null) {
              answer.statusCode(404);
            } else {
              answer
                  .statusCode(200)
                  .body("etag", equalTo(history.live()))
                  .body("variables.'x:etag'", equalTo(history.live()));
            }
          }
        });
  }

  @SuppressWarnings("unchecked")
  private void apply(CloudEvent<?> event) throws Exception {
    switch (event.data()) {
      case ObjectUploaded ignored -> objects.apply(List.of((CloudEvent<ObjectUploaded>) event));
      case ObjectDeleted ignored -> tombstones.apply(List.of((CloudEvent<ObjectDeleted>) event));
      default -> throw new IllegalArgumentException(event.toString());
    }
  }

  private io.restassured.response.ValidatableResponse shown() {
    return given().get("/api/objects/" + BUCKET + "/" + key).then();
  }

  private io.restassured.response.ValidatableResponse searched() {
    return given().queryParam("q", run).get("/api/search").then();
  }

  private static CloudEvent<ObjectDeleted> gone(String bucket, String key, long seconds) {
    return Verdict.gone(bucket, key, Instant.ofEpochSecond(seconds));
  }

  private static byte[] content(int n) {
    byte[] content = new byte[4711];
    content[0] = (byte) n;
    return content;
  }

  private static String etag(byte[] content) {
    return quayside.oss.InMemoryObjectStore.etag(content);
  }

  private String put(String objectKey, int n) throws Exception {
    store.put(BUCKET, objectKey, "text/plain", Map.of(), content(n));
    return etag(content(n));
  }

  private double settled(String outcome) {
    return metrics.counter("quayside.catalog.settled", "outcome", outcome).count();
  }

  private List<String> rivals() throws Exception {
    return select("select etag || ' ' || outcome from catalog.rival where bucket = ? and key = ?");
  }

  private List<String> rows(String table) throws Exception {
    return select("select key from catalog." + table + " where bucket = ? and key = ?");
  }

  private long rowsUnder(String table, String prefix) throws Exception {
    try (Connection connection = Database.connect();
        PreparedStatement count =
            connection.prepareStatement(
                "select count(*) from catalog." + table + " where key like ?")) {
      count.setString(1, prefix + "%");
      ResultSet result = count.executeQuery();
      result.next();
      return result.getLong(1);
    }
  }

  private List<String> select(String sql) throws Exception {
    try (Connection connection = Database.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, BUCKET);
      select.setString(2, key);
      ResultSet result = select.executeQuery();
      List<String> found = new ArrayList<>();
      while (result.next()) {
        found.add(result.getString(1));
      }
      return found;
    }
  }
}
