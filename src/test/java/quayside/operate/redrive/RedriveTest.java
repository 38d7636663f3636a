package quayside.operate.redrive;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/**
 * Dead letters from the broker to the operator and back to the sink, and the timeline that tells of
 * it: real broker, real database, real ports.
 */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class RedriveTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TestHTTPResource(value = "/dead-letters", management = true)
  URI deadLetters;

  @TestHTTPResource("/q/dead-letters")
  URI onTheMainPort;

  private final UploadTopics topics = new UploadTopics();
  private final String bucket = "redrive-" + UUID.randomUUID();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void poison_isListedShownRedrivenAndComesBackCounted() throws Exception {
    CloudEvent<ObjectUploaded> poison = UploadTopics.upload(bucket, "a b.jpg", true);
    topics.publish(poison);
    String position = listed("?group=quayside-catalog&bucket=" + bucket, 1).getFirst();

    given()
        .get(deadLetters + "/" + position)
        .then()
        .statusCode(200)
        .body("cause", equalTo("catalog-text-with-nul"))
        .body("sink", equalTo("catalog"))
        .body("eventId", equalTo(poison.id()))
        .body("recordKey", equalTo(bucket + "/a b.jpg"))
        .body("attempts", equalTo(1))
        .body("origin", containsString("oss.object.uploaded.v1/"))
        .body("headers.ce_id", equalTo(poison.id()))
        .body("value", containsString("\"a b.jpg\""))
        .body("redriven", equalTo(false));

    Map<String, Object> filter = Map.of("group", "quayside-catalog", "ids", List.of(poison.id()));
    order(Map.of("by", "ops", "filter", filter))
        .statusCode(200)
        .body(containsString("\"done\":true"))
        .body(containsString("\"moved\":1"));

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          List<Integer> counts =
              list("?group=quayside-catalog&bucket=" + bucket).getList("deadLetters.redriveCount");
          assertThat(counts).containsExactly(1);
        });
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(timeline("a%20b.jpg", "catalog", null))
                .containsExactly("dead-letter", "redrive", "dead-letter"));
  }

  @Test
  void letterThatCanBeAppliedNow_isAppliedByItsGroupAloneAndAudited() throws Exception {
    CloudEvent<ObjectUploaded> event = UploadTopics.upload(bucket, "a/b.jpg", false);
    topics.setAside(event, "fixed-meanwhile");
    listed("?bucket=" + bucket, 1);

    assertThat(redrive("--bucket", bucket, "--prefix", "a/", "--by", "ada", "--rate", "1000"))
        .isZero();

    assertThat(out.toString()).contains("moved 1, moved before 0, matched 1");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> given().get("/api/objects/" + bucket + "/a/b.jpg").then().statusCode(200));
    given().get("/api/search?bucket=" + bucket).then().body("hits", empty());
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(timeline("a/b.jpg", "catalog", "applied"))
                .containsExactly("dead-letter", "redrive", "effect"));
    given()
        .get("/api/objects/" + bucket + "/a/b.jpg/timeline")
        .then()
        .body("entries[1].details.by", equalTo("ada"))
        .body("entries[1].details.filter", containsString("\"prefix\":\"a/\""))
        .body("entries[1].details.count", equalTo("1"))
        .body("entries[1].outcome", equalTo("fixed-meanwhile"))
        .body("entries.eventId.unique()", contains(event.id()))
        .body("entries.traceId.unique()", contains(UploadTopics.TRACE));

    assertThat(redrive("--bucket", bucket)).isZero();
    assertThat(out.toString()).contains("moved 0, moved before 1, matched 1");
    assertThat(list("?redriven=true&bucket=" + bucket).<Boolean>getList("deadLetters.redriven"))
        .containsExactly(true);
    assertThat(list("?bucket=" + bucket).getList("deadLetters")).isEmpty();
  }

  @Test
  void dryRun_movesNothingAndConditionsAllHold() throws Exception {
    for (int i = 0; i < 3; i++) {
      topics.setAside(UploadTopics.upload(bucket, "a" + i, false), "cause-" + i % 2);
    }
    listed("?bucket=" + bucket, 3);

    assertThat(redrive("--bucket", bucket, "--cause", "cause-0", "--dry-run")).isZero();
    assertThat(out.toString()).contains("would move 2, moved before 0, matched 2");
    assertThat(redrive("--bucket", bucket, "--key", "a1", "--dry-run")).isZero();
    assertThat(out.toString()).contains("would move 1,");
    assertThat(redrive("--bucket", bucket, "--to", "2026-01-01T00:00:00Z", "--dry-run")).isZero();
    assertThat(out.toString()).contains("would move 0,");
    assertThat(redrive("--bucket", bucket, "--limit", "1", "--dry-run")).isZero();
    assertThat(out.toString()).contains("would move 1,");
    assertThat(list("?bucket=" + bucket).getList("deadLetters")).hasSize(3);
    given().get("/api/objects?bucket=" + bucket).then().body("objects", empty());
  }

  /** A stop in the middle: what is moved is moved, and the next order does the rest. */
  @Test
  void orderThatEndsEarly_isCompletedByTheNextOne() throws Exception {
    for (int i = 0; i < 5; i++) {
      topics.setAside(UploadTopics.upload(bucket, "a" + i, false), "c");
    }
    listed("?bucket=" + bucket, 5);

    assertThat(redrive("--bucket", bucket, "--limit", "2")).isZero();
    assertThat(out.toString()).contains("moved 2, moved before 0,");
    assertThat(redrive("--bucket", bucket)).isZero();

    assertThat(out.toString()).contains("moved 3, moved before 2,");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> given().get("/api/objects?bucket=" + bucket).then().body("objects", hasSize(5)));
  }

  @Test
  void list_isPaged() throws Exception {
    for (int i = 0; i < 5; i++) {
      topics.setAside(UploadTopics.upload(bucket, "a" + i, false), "c");
    }
    List<String> all = listed("?bucket=" + bucket, 5);

    JsonPath first = list("?limit=3&bucket=" + bucket);
    JsonPath second =
        list("?limit=3&bucket=" + bucket + "&cursor=" + first.getString("nextCursor"));

    assertThat(first.<String>getList("deadLetters.position")).isEqualTo(all.subList(0, 3));
    assertThat(second.<String>getList("deadLetters.position")).isEqualTo(all.subList(3, 5));
    assertThat(redrive("--list", "--bucket", bucket, "--limit", "4")).isZero();
    assertThat(out.toString().lines()).hasSize(4);
    assertThat(redrive("--show", all.getFirst())).isZero();
    assertThat(out.toString()).contains("\"x-of-the-publisher\" : \"kept\"");
  }

  @Test
  void whatCannotBeDone_isAProblemAndAnExitCode() {
    problem(given().get(deadLetters + "?from=yesterday").then(), 400, "from: yesterday");
    problem(given().get(deadLetters + "?limit=0").then(), 400, "limit: must be 1 to 500");
    problem(given().get(deadLetters + "?cursor=x").then(), 400, "cursor: must be");
    problem(given().get(deadLetters + "/__consumer_offsets/0/0").then(), 404, "none is at");
    problem(given().get(deadLetters + "/topic/0/x").then(), 400, "path: must be");
    problem(order(Map.of("by", "me", "filter", Map.of())), 400, "filter: has no condition");
    problem(order(Map.of("filter", Map.of("key", "k"))), 400, "by: must say who");
    problem(
        order(Map.of("by", "me", "filter", Map.of("key", "k"), "rate", 1001)),
        400,
        "rate: 1001 is not 1 to 1000");
    problem(order(Map.of("by", "me", "filter", Map.of("key", "k"), "dryrun", true)), 400, "dryrun");
    given().get(onTheMainPort).then().statusCode(404);

    assertThat(redrive()).isEqualTo(2);
    assertThat(redrive("--show", "x")).isEqualTo(2);
    assertThat(redrive("--key", "k", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("filter: has no condition", "no answer from");
    assertThat(redrive("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes");
  }

  private static void problem(ValidatableResponse response, int status, String detail) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  private ValidatableResponse order(Map<String, Object> order) {
    return given()
        .contentType("application/json")
        .body(order)
        .post(deadLetters + "/redrive")
        .then();
  }

  private int redrive(String... arguments) {
    out.getBuffer().setLength(0);
    String url = deadLetters.getScheme() + "://" + deadLetters.getAuthority();
    boolean elsewhere = List.of(arguments).contains("--url");
    CommandLine command = new CommandLine(new RedriveCommand());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = Arrays.copyOf(arguments, arguments.length + (elsewhere ? 0 : 2));
    if (!elsewhere) {
      all[arguments.length] = "--url";
      all[arguments.length + 1] = url;
    }
    return command.execute(all);
  }

  private List<String> listed(String query, int count) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> list(query).getList("deadLetters").size() == count);
    return list(query).getList("deadLetters.position");
  }

  private JsonPath list(String query) {
    return given().get(deadLetters + query).then().statusCode(200).extract().jsonPath();
  }

  /** The kinds of the entries of one sink, effects of one outcome. */
  private List<String> timeline(String key, String sink, String outcome) {
    JsonPath page =
        given()
            .urlEncodingEnabled(false)
            .get("/api/objects/" + bucket + "/" + key + "/timeline")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    List<Map<String, Object>> entries = page.getList("entries");
    return entries.stream()
        .filter(entry -> sink.equals(entry.get("sink")))
        .filter(
            entry -> !"effect".equals(entry.get("kind")) || entry.get("outcome").equals(outcome))
        .map(entry -> String.valueOf(entry.get("kind")))
        .toList();
  }
}
