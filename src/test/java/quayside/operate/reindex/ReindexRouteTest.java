package quayside.operate.reindex;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import quayside.LaptopStackResource;
import quayside.oss.ObjectHead;
import quayside.sink.ObservedEvents;
import quayside.sink.catalog.Verdict;

/** Reindexing as an operator sees it: route and command, on a real broker and a real index. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class ReindexRouteTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Inject ObservedEvents events;
  @Inject DataSource database;

  @TestHTTPResource(value = "/reindex", management = true)
  URI reindex;

  private final StringWriter out = new StringWriter();

  /** Tests before this one may have left one running. */
  @BeforeEach
  void stopWhatRuns() {
    given().delete(reindex).then().statusCode(202);
    awaitState("none", "done", "cancelled", "failed");
  }

  @Test
  void lostDocument_isFoundAgainWhenTheReindexIsDone() throws Exception {
    String name = UUID.randomUUID().toString();
    ObjectHead head = new ObjectHead("ETAG", 1, "text/plain", Instant.now(), Map.of());
    events.uploaded(Verdict.observed("uploads", name, head, Instant.now()));
    await().atMost(LIMIT).untilAsserted(() -> hits(name, 1));
    execute("delete from search.documents where object_key = '" + name + "'");
    hits(name, 0);

    assertThat(command("--restart")).as(out.toString()).isZero();

    assertThat(out.toString()).contains("running ", "done following", "0 failed");
    hits(name, 1);
    given()
        .get(reindex)
        .then()
        .statusCode(200)
        .body("state", equalTo("done"))
        .body("source", equalTo("topic"))
        .body("phase", equalTo("following"))
        .body("read", greaterThan(0))
        .body("startedAt", containsString("T"))
        .body("endedAt", containsString("T"));
    assertThat(command("--status")).isZero();
  }

  @Test
  void secondOneAtATime_isRefusedAndTheFirstCanBeStopped() {
    given().post(reindex + "?restart=true").then().statusCode(202).body("state", is("running"));

    problem(given().post(reindex.toString()).then(), 409, "reindex-under-way", "restart=true");
    problem(given().post(reindex + "?restart=true").then(), 409, "reindex-under-way", "");

    assertThat(command("--cancel")).isZero();
    awaitState("cancelled", "done");
    given().post(reindex + "?restart=true").then().statusCode(202);
  }

  /** Left behind by an instance that died: said, not overwritten, until somebody says so. */
  @Test
  void unfinishedOneOfAnotherInstance_isOverwrittenOnlyWithRestart() throws Exception {
    execute("create schema if not exists search_next");

    problem(given().post(reindex.toString()).then(), 409, "reindex-under-way", "left unfinished");
    given().get(reindex).then().body("state", not("running"));

    given().post(reindex + "?restart=true&source=CATALOG").then().statusCode(202);
    awaitState("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?source=bucket", "?source=", "?restart=maybe", "?restart="})
  void badParameter_isRefused(String query) {
    problem(given().post(reindex + query).then(), 400, "bad-", "must be");
    given().get(reindex).then().body("state", not("running"));
  }

  @Test
  void route_isOnTheManagementPortAlone() {
    given().get("/q/reindex").then().statusCode(404);
    given().post("/q/reindex").then().statusCode(404);
    given().put(reindex).then().statusCode(405);
  }

  private int command(String... arguments) {
    CommandLine command = new CommandLine(new ReindexCommand());
    command.setOut(new PrintWriter(out, true));
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--management";
    all[arguments.length + 1] = reindex.getScheme() + "://" + reindex.getAuthority();
    return command.execute(all);
  }

  private void awaitState(String... states) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(reindex).then().body("state", oneOf(states)));
  }

  private static void problem(
      ValidatableResponse response, int status, String reason, String detail) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("reason", containsString(reason))
        .body("detail", containsString(detail));
  }

  private static void hits(String name, int hits) {
    given()
        .queryParam("q", name)
        .get("/api/search")
        .then()
        .statusCode(200)
        .body("hits.size()", equalTo(hits));
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
