package quayside.sink.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.LaptopStackResource;

/** From a record on Kafka to the answer over HTTP, on a real broker and a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class SearchEndToEndTest {
  private static final long NOW = 1_795_000_000_000_000L;

  private final String bucket = "e2e-" + UUID.randomUUID();

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @Inject DataSource dataSource;
  @Inject MeterRegistry metrics;

  private SearchTopics topics;

  @BeforeEach
  void connect() {
    topics = new SearchTopics(servers);
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }

  @Test
  void upload_isFound_andLaterItsThumbnails() throws Exception {
    topics.uploaded(bucket, "相册/照片集 wörld.jpg", NOW, Map.of("uid", "42"));

    eventually(() ->
        search("q", "照片 world")
            .statusCode(200)
            .body("hits", hasSize(1))
            .body("nextCursor", nullValue())
            .body("hits[0].bucket", equalTo(bucket))
            .body("hits[0].key", equalTo("相册/照片集 wörld.jpg"))
            .body("hits[0].etag", equalTo("ETAG-" + NOW))
            .body("hits[0].size", equalTo(1_024))
            .body("hits[0].mimeType", equalTo("image/jpeg"))
            .body("hits[0].image.width", equalTo(4_000))
            .body("hits[0].uploadedAt", equalTo("2026-11-18T11:06:40Z"))
            .body("hits[0].variables.uid", equalTo("42"))
            .body("hits[0].verificationLevel", equalTo("signature"))
            .body("hits[0].eventId", equalTo("相册/照片集 wörld.jpg@" + NOW))
            .body("hits[0].thumbnails", empty()));

    topics.thumbnailed(bucket, "相册/照片集 wörld.jpg", NOW);

    eventually(() ->
        search("q", "照")
            .body("hits[0].thumbnails", hasSize(1))
            .body("hits[0].thumbnails[0].preset", equalTo("small"))
            .body("hits[0].thumbnails[0].mimeType", equalTo("image/webp")));
  }

  @Test
  void thumbnailsThatOvertakeTheirUpload_areShownWithIt() throws Exception {
    double before = counter("quayside.search.applied", "thumbnailed");
    topics.thumbnailed(bucket, "fast.jpg", NOW);
    eventually(
        () -> assertThat(counter("quayside.search.applied", "thumbnailed")).isEqualTo(before + 1));
    topics.uploaded(bucket, "fast.jpg", NOW);
    eventually(() -> search().body("hits[0].thumbnails", hasSize(1)));
  }

  @Test
  void lateAndRepeatedUploads_changeNothing() throws Exception {
    topics.uploaded(bucket, "a.jpg", NOW + 5);
    eventually(() -> search().body("hits.eventId", contains("a.jpg@" + (NOW + 5))));
    double stale = counter("quayside.search.stale", "uploaded");

    topics.uploaded(bucket, "a.jpg", NOW + 4);
    topics.uploaded(bucket, "a.jpg", NOW + 5);

    eventually(() -> assertThat(counter("quayside.search.stale", "uploaded")).isEqualTo(stale + 2));
    search().body("hits.eventId", contains("a.jpg@" + (NOW + 5)));
  }

  @Test
  void poison_isSetAsideWithItsCause_andTheRestIsFound() throws Exception {
    String tooLong = "k".repeat(1_024);
    topics.uploaded(bucket, "before.jpg", NOW);
    topics.uploaded(bucket, "nul\0.jpg", NOW);
    topics.uploaded(bucket, tooLong, NOW);
    topics.garbage(bucket + "/garbage");
    topics.uploaded(bucket, "after.jpg", NOW);

    eventually(() -> search().body("hits.key", contains("before.jpg", "after.jpg")));
    eventually(() ->
        assertThat(topics.deadLetterCause(bucket + "/nul\0.jpg")).contains("text-not-storable"));
    eventually(
        () -> assertThat(topics.deadLetterCause(bucket + "/" + tooLong)).contains("key-too-long"));
    eventually(
        () -> assertThat(topics.deadLetterCause(bucket + "/garbage")).contains("invalid-event"));
  }

  @Test
  void uploadWithoutObject_isSkippedAndCounted() throws Exception {
    double before = counter("quayside.search.skipped", "uploaded");
    topics.uploaded(bucket, "", NOW);
    eventually(
        () -> assertThat(counter("quayside.search.skipped", "uploaded")).isEqualTo(before + 1));
  }

  // A failed migration or a failover to an empty replica: nothing is wrong with the events.
  @Test
  void indexAway_eventsWait_searchSaysSo_nothingIsSetAside() throws Exception {
    execute("alter table search.documents rename to documents_away");
    try {
      double retries = retries();
      topics.uploaded(bucket, "patient.jpg", NOW);
      eventually(() -> assertThat(retries()).isGreaterThan(retries));
      assertProblem(search(), 503, "search-unavailable");
    } finally {
      execute("alter table search.documents_away rename to documents");
    }
    eventually(() -> search().statusCode(200).body("hits.key", contains("patient.jpg")));
    topics.garbage(bucket + "/makes-the-topic");
    eventually(() -> assertThat(topics.deadLetterCause(bucket + "/makes-the-topic")).isPresent());
    assertThat(topics.deadLetterCause(bucket + "/patient.jpg")).isEmpty();
  }

  @Test
  void searchThatHangs_isAnsweredInTime() throws Exception {
    try (Connection other = dataSource.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table search.documents in access exclusive mode");
      assertProblem(search(), 503, "search-timeout");
      other.rollback();
    }
  }

  @Test
  void pages_followTheirCursors() throws Exception {
    for (int i = 0; i < 7; i++) {
      topics.uploaded(
          bucket, "page-" + i + ".jpg", NOW + i, Map.of("even", i % 2 == 0 ? "yes" : "no"));
    }
    eventually(() -> search().body("hits", hasSize(7)));

    List<String> keys = new ArrayList<>();
    String cursor = "";
    do {
      ValidatableResponse page = search("q", "page", "limit", "2", "cursor", cursor);
      keys.addAll(page.extract().jsonPath().getList("hits.key", String.class));
      cursor = page.extract().jsonPath().getString("nextCursor");
    } while (cursor != null);

    assertThat(keys)
        .containsExactly(
            "page-6.jpg",
            "page-5.jpg",
            "page-4.jpg",
            "page-3.jpg",
            "page-2.jpg",
            "page-1.jpg",
            "page-0.jpg");
    search(
            "var.even",
            "yes",
            "prefix",
            "page-",
            "mimeType",
            "image/*",
            "to",
            "2026-11-18T11:06:40.000004Z")
        .body("hits.key", contains("page-2.jpg", "page-0.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "q=%00, bad-text",
    "limit=0, bad-limit",
    "limit=1000, bad-limit",
    "cursor=x, bad-cursor",
    "from=now, bad-time",
    "mimeType=jpeg, bad-mime-type",
    "query=x, unknown-parameter",
    "q=a&q=b, repeated-parameter",
    "var.=1, bad-variable",
    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, bad-time-range"
  })
  void wrongRequest_isRefusedWithItsReason(String parameters, String reason) {
    double before = refused(reason);
    assertProblem(
        given().urlEncodingEnabled(false).get("/api/search?" + parameters).then(), 400, reason);
    assertThat(refused(reason)).isEqualTo(before + 1);
  }

  @Test
  void tooLongQuery_isRefused() {
    assertProblem(search("q", "照".repeat(257)), 400, "query-too-long");
    search("q", "照".repeat(256)).statusCode(200);
  }

  @Test
  void openApi_describesTheParameters() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body(
            "paths.'/api/search'.get.parameters.name",
            hasItems("q", "bucket", "prefix", "mimeType", "from", "to", "limit", "cursor"))
        .body("paths.'/api/search'.get.responses.'400'.description", containsString("bad-cursor"));
  }

  private static void assertProblem(ValidatableResponse response, int status, String reason) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("reason", equalTo(reason));
  }

  private ValidatableResponse search(String... parameters) {
    var request = given().queryParam("bucket", bucket);
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam(parameters[i], parameters[i + 1]);
    }
    return request.get("/api/search").then();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(assertion);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private double counter(String name, String type) {
    return metrics.counter(name, "type", type).count();
  }

  private double refused(String reason) {
    return metrics.counter("quayside.search.refused", "reason", reason).count();
  }

  private double retries() {
    return metrics.counter("quayside.sink.retries", "sink", "search-uploaded").count();
  }
}
