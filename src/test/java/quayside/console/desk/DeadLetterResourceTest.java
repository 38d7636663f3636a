package quayside.console.desk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.grant.BearerTokens;
import quayside.operate.redrive.UploadTopics;

/** Dead letters through the read API: open to read, moved back by operators alone. */
@QuarkusTest
@TestProfile(DeskProfile.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class DeadLetterResourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PATH = "/api/dead-letters";

  private final UploadTopics topics = new UploadTopics();
  private final String bucket = "desk-" + UUID.randomUUID();

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void anybody_listsAndLooksIntoDeadLetters() throws Exception {
    setAside(3);

    JsonPath first = list("limit=2&bucket=" + bucket);
    JsonPath second = list("limit=2&bucket=" + bucket + "&cursor=" + first.get("nextCursor"));

    assertThat(first.getList("deadLetters")).hasSize(2);
    assertThat(second.getList("deadLetters")).hasSize(1);
    given()
        .get(PATH + "/" + first.getString("deadLetters[0].position"))
        .then()
        .statusCode(200)
        .body("group", equalTo("quayside-catalog"))
        .body("cause", equalTo("fixed-meanwhile"))
        .body("headers.x-of-the-publisher", equalTo("kept"))
        .body("value", containsString(bucket));
  }

  @Test
  void whoIsNoOperator_movesNothing() throws Exception {
    setAside(2);

    problem(order(given(), moveAll()), 401, "unauthenticated", "X-Api-Key")
        .header("WWW-Authenticate", "Bearer");
    problem(
        order(given().header("X-Api-Key", "wrong"), moveAll()),
        401,
        "unauthenticated",
        "not valid");
    problem(order(DeskProfile.other(), moveAll()), 403, "not-operator", "other may only read");
    problem(
        order(DeskProfile.bearer(BearerTokens.valid("alice")), moveAll()),
        403,
        "not-operator",
        "alice");
    problem(order(DeskProfile.other(), dryRun()), 403, "not-operator", "other");

    // Had anything been moved, the marks would tell.
    assertThat(last(order(DeskProfile.operator(), dryRun())))
        .containsEntry("matched", 2)
        .containsEntry("alreadyMoved", 0);
  }

  @Test
  void operator_countsThenMovesAndIsNamed() throws Exception {
    setAside(2);

    Map<String, Object> counted = last(order(DeskProfile.operator(), dryRun()));
    assertThat(counted)
        .containsEntry("matched", 2)
        .containsEntry("moved", 0)
        .containsEntry("done", true);
    assertThat(list("bucket=" + bucket).getList("deadLetters")).hasSize(2);

    Response answer = order(DeskProfile.operator(), moveAll());
    assertThat(answer.contentType()).startsWith("application/x-ndjson");
    assertThat(last(answer))
        .containsEntry("matched", 2)
        .containsEntry("moved", 2)
        .containsEntry("done", true);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> given().get("/api/objects?bucket=" + bucket).then().body("objects", hasSize(2)));
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            given()
                .get("/api/objects/" + bucket + "/a0/timeline")
                .then()
                .body("entries.details.by", org.hamcrest.Matchers.hasItem("ada")));
    assertThat(list("bucket=" + bucket).getList("deadLetters")).isEmpty();
  }

  /** By the role in a bearer token, in the name of its subject. */
  @Test
  void operatorByRole_moves() throws Exception {
    setAside(1);

    Response answer = order(DeskProfile.bearer(BearerTokens.valid("alice", "on-call")), moveAll());

    assertThat(last(answer)).containsEntry("moved", 1);
  }

  /** What a form of another site can send is no order, whoever's browser sends it. */
  @Test
  void orderThatIsNotSaidToBeJson_movesNothing() throws Exception {
    setAside(1);

    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
      problem(
          DeskProfile.operator()
              .config(
                  io.restassured.RestAssured.config()
                      .encoderConfig(
                          io.restassured.config.EncoderConfig.encoderConfig()
                              .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                              .encodeContentTypeAs(type, io.restassured.http.ContentType.TEXT)))
              .contentType(type)
              .body("{\"filter\": {\"bucket\": \"" + bucket + "\"}}")
              .post(PATH + "/redrive"),
          415,
          "not-json",
          "application/json");
    }

    assertThat(last(order(DeskProfile.operator(), dryRun()))).containsEntry("alreadyMoved", 0);
  }

  @Test
  void ordersThatBreakARule_areRefused() {
    RequestSpecification operator = DeskProfile.operator();

    refused(operator, Map.of("filter", Map.of()), "filter: has no condition");
    refused(operator, Map.of("filter", Map.of("key", "k"), "by", "somebody"), "by");
    refused(operator, Map.of("filter", Map.of("key", "k"), "rate", 1001), "rate: 1001");
    refused(operator, Map.of("filter", Map.of("key", "k"), "dryrun", true), "dryrun");
    refused(operator, Map.of("filter", Map.of("from", "yesterday")), "from: yesterday");
  }

  @Test
  void requestsThatBreakARule_areRefused() {
    problem(given().get(PATH + "?from=yesterday"), 400, "bad-request", "from: yesterday");
    problem(given().get(PATH + "?limit=0"), 400, "bad-request", "limit: must be 1 to 500");
    problem(given().get(PATH + "?cursor=x"), 400, "bad-request", "cursor: must be");
    problem(given().get(PATH + "/topic/0/x"), 400, "bad-request", "path: must be");
    problem(given().get(PATH + "/quayside.effects.v1/0/0"), 404, "dead-letter-not-found", "none");
    problem(given().get(PATH + "/__consumer_offsets/0/0"), 404, "dead-letter-not-found", "none");
  }

  /** Two at the same instant could move a letter twice. */
  @Test
  void orderWhileAnotherIsAtWork_isRefused() throws Exception {
    setAside(20);
    Map<String, Object> slow = Map.of("filter", Map.of("bucket", bucket), "rate", 1);
    CompletableFuture<Response> first =
        CompletableFuture.supplyAsync(() -> order(DeskProfile.operator(), slow));
    await().atMost(LIMIT).until(() -> list("bucket=" + bucket).getList("deadLetters").size() < 20);

    problem(order(DeskProfile.operator(), dryRun()), 409, "busy", "try again");

    assertThat(last(first.get(60, TimeUnit.SECONDS))).containsEntry("moved", 20);
  }

  private static void refused(
      RequestSpecification operator, Map<String, Object> order, String detail) {
    problem(order(operator, order), 400, "bad-request", detail);
  }

  private Map<String, Object> dryRun() {
    return Map.of("filter", Map.of("bucket", bucket), "dryRun", true);
  }

  private Map<String, Object> moveAll() {
    return Map.of("filter", Map.of("bucket", bucket));
  }

  private static Response order(RequestSpecification caller, Map<String, Object> order) {
    return caller.contentType("application/json").body(order).post(PATH + "/redrive");
  }

  /** The last line of an answer. */
  private static Map<String, Object> last(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    List<String> lines = answer.asString().lines().toList();
    return JsonPath.from(lines.getLast()).getMap("");
  }

  private static ValidatableResponse problem(
      Response answer, int status, String reason, String detail) {
    return answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("reason", equalTo(reason))
        .body("detail", containsString(detail));
  }

  private void setAside(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      topics.setAside(UploadTopics.upload(bucket, "a" + i, false), "fixed-meanwhile");
    }
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> list("bucket=" + bucket).getList("deadLetters").size() == count);
  }

  private static JsonPath list(String query) {
    return given().get(PATH + "?" + query).then().statusCode(200).extract().jsonPath();
  }
}
