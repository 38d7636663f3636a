package quayside.operate.reconcile.run;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.operate.reconcile.ReconcileCommand;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectStore;
import quayside.sink.ObservedEvents;
import quayside.sink.catalog.RunLog;
import quayside.sink.catalog.Verdict;

/** The command against a running service with a real bucket, broker and database. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class ReconcileStackTest {
  private static final String BUCKET = "uploads";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();

  @Inject ObjectStore store;
  @Inject ObservedEvents events;
  @Inject DataSource database;
  @Inject RunLog runs;

  @TestHTTPResource(value = "/reconcile", management = true)
  URI management;

  private final String prefix = UUID.randomUUID() + "/";

  private record Run(int exitCode, JsonNode result, String text) {}

  @Test
  void everyDifference_isFoundAndRepaired() throws Exception {
    put("missing.txt");
    put("changed.txt");
    put("equal.txt");
    put("newer.txt");
    put("stale.txt");
    put("thumbnails/small.webp");
    known("changed.txt", "OLD", Instant.ofEpochSecond(1000));
    known("deleted.txt", "GONE", Instant.ofEpochSecond(1000));
    known("newer.txt", "LIE", Instant.now().plusSeconds(600));
    same("equal.txt");
    same("stale.txt");
    await().atMost(LIMIT).untilAsserted(() -> listed(5));
    await().atMost(LIMIT).untilAsserted(() -> searched(5));
    execute("delete from search.documents where object_key = ?", prefix + "stale.txt");

    Run dry = reconcile("--dry-run");

    assertThat(dry.exitCode()).as(dry.text()).isZero();
    assertThat(count(dry, "compared")).isEqualTo(6 + 1);
    assertThat(count(dry, "missing")).isEqualTo(2);
    assertThat(count(dry, "changed")).isEqualTo(2);
    assertThat(count(dry, "deleted")).isEqualTo(1);
    assertThat(count(dry, "stale-index")).isEqualTo(1);
    assertThat(dry.result().path("samples")).hasSize(6);
    listed(5);

    Run real = reconcile("--rate", "1000");

    assertThat(real.exitCode()).as(real.text()).isZero();
    assertThat(count(real, "published")).isEqualTo(5);
    assertThat(count(real, "to-settle")).isEqualTo(1);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          equalsBucket("missing.txt");
          equalsBucket("changed.txt");
          equalsBucket("newer.txt");
          object("deleted.txt").then().statusCode(404).body("reason", equalTo("object-deleted"));
          searched(6);
        });
    Run again = reconcile("--dry-run");
    assertThat(count(again, "missing") + count(again, "changed") + count(again, "deleted"))
        .isZero();
    assertThat(count(again, "stale-index")).isZero();
  }

  /** Two instances, one schedule. */
  @Test
  void secondRunAtATime_isRefused() throws Exception {
    RunLog.Run other =
        new RunLog.Run(
            UUID.randomUUID(),
            BUCKET,
            prefix,
            "listing",
            false,
            1,
            "running",
            "",
            0,
            "{}",
            "[]",
            null);
    await().atMost(LIMIT).until(() -> runs.begin(other));
    try {
      Run refused = reconcile();

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.text()).contains("Another run is under way");
    } finally {
      runs.finish(other.id(), "stopped", null);
    }
  }

  /** The instance died in the middle: what is done is not done again. */
  @Test
  void resumedRun_goesOnAfterTheLastKey() throws Exception {
    put("a.txt");
    put("b.txt");
    RunLog.Run died =
        new RunLog.Run(
            UUID.randomUUID(),
            BUCKET,
            prefix,
            "listing",
            false,
            1,
            "running",
            "",
            0,
            "{}",
            "[]",
            null);
    await().atMost(LIMIT).until(() -> runs.begin(died));
    assertThat(runs.checkpoint(died.id(), prefix + "a.txt", "{\"compared\":1}", "[]")).isTrue();
    execute(
        "update catalog.reconcile_run set heartbeat_at = now() - interval '1 hour' where id::text = ?",
        died.id().toString());

    Run resumed = reconcile("--resume");

    assertThat(resumed.exitCode()).as(resumed.text()).isZero();
    assertThat(resumed.result().path("id").asText()).isEqualTo(died.id().toString());
    assertThat(count(resumed, "compared")).isEqualTo(2);
    assertThat(count(resumed, "missing")).isEqualTo(1);
    await().atMost(LIMIT).untilAsserted(() -> equalsBucket("b.txt"));
    object("a.txt").then().statusCode(404);
  }

  /** Slow enough that it is still under way when it is told to stop: three minutes' work. */
  @Test
  void stoppedRun_endsAtItsCheckpointAndIsResumedThere() throws Exception {
    for (int i = 100; i < 280; i++) {
      put("k" + i + ".txt");
    }
    String id = started("{\"bucket\":\"uploads\",\"prefix\":\"" + prefix + "\",\"rate\":1}");
    given()
        .body("{\"bucket\":\"uploads\"}")
        .post(management)
        .then()
        .statusCode(409)
        .body("reason", equalTo("reconcile-running"));

    given().delete(management + "/" + id).then().statusCode(200).body("id", equalTo(id));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> given().get(management + "/" + id).then().body("state", equalTo("stopped")));
    int before = given().get(management + "/" + id).jsonPath().getInt("counts.missing");
    assertThat(before).isBetween(1, 179);
    given().delete(management + "/" + id).then().statusCode(200).body("state", equalTo("stopped"));

    Run resumed = reconcile("--resume", "--rate", "1000");

    assertThat(resumed.exitCode()).as(resumed.text()).isZero();
    assertThat(resumed.result().path("id").asText()).isEqualTo(id);
    assertThat(count(resumed, "missing")).isEqualTo(180);
    assertThat(count(resumed, "published")).isEqualTo(180);
    await().atMost(LIMIT).untilAsserted(() -> equalsBucket("k279.txt"));
  }

  private String started(String request) {
    return await()
        .atMost(LIMIT)
        .until(() -> given().body(request).post(management), answer -> answer.statusCode() == 202)
        .jsonPath()
        .getString("id");
  }

  /** An empty catalog side and a missing bucket must not look like a million deletions. */
  @Test
  void bucketThatDoesNotExist_failsTheRun() {
    Run run = run("--bucket", "no-such-bucket");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.result().path("error").asText()).contains("no-such-bucket");
  }

  @Test
  void badRequests_areRefused() {
    given().body("{\"bucket\":\"NO\"}").post(management).then().statusCode(400);
    given().body("{").post(management).then().statusCode(400);
    given()
        .body("{\"bucket\":\"uploads\",\"inventory\":\"../../etc/passwd\"}")
        .post(management)
        .then()
        .statusCode(400)
        .body("detail", org.hamcrest.Matchers.containsString("inventory-directory"));
    given().get(management + "/" + UUID.randomUUID()).then().statusCode(404);
    given().get("/q/reconcile/" + UUID.randomUUID()).then().statusCode(404);
    given().delete(management + "/" + UUID.randomUUID()).then().statusCode(404);
    given().delete(management + "/none").then().statusCode(404);
    given().delete("/q/reconcile/" + UUID.randomUUID()).then().statusCode(404);
  }

  private Run reconcile(String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "--bucket";
    all[1] = BUCKET;
    all[2] = "--prefix";
    all[3] = prefix;
    System.arraycopy(options, 0, all, 4, options.length);
    return run(all);
  }

  private Run run(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new ReconcileCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[options.length + 2];
    all[0] = "--json";
    all[1] = "--management=" + management;
    System.arraycopy(options, 0, all, 2, options.length);
    int exitCode = command.execute(all);
    try {
      return new Run(exitCode, JSON.readTree(out.toString()), out + "\n" + err);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(out.toString(), e);
    }
  }

  private static long count(Run run, String what) {
    return run.result().path("counts").path(what).asLong();
  }

  private void put(String name) throws Exception {
    store.put(BUCKET, prefix + name, "text/plain", Map.of(), name.getBytes(StandardCharsets.UTF_8));
  }

  /** An upload of a version that the bucket does not have (any more). */
  private void known(String name, String etag, Instant time) throws Exception {
    publish(name, new ObjectHead(etag, 1, "text/plain", time, Map.of()));
  }

  /** The upload of the version that the bucket has. */
  private void same(String name) throws Exception {
    publish(name, store.head(BUCKET, prefix + name));
  }

  private void publish(String name, ObjectHead head) throws Exception {
    CloudEvent<ObjectUploaded> event = Verdict.observed(BUCKET, prefix + name, head, Instant.now());
    events.uploaded(event);
  }

  private void equalsBucket(String name) throws Exception {
    object(name)
        .then()
        .statusCode(200)
        .body("etag", equalTo(store.head(BUCKET, prefix + name).etag()));
  }

  private io.restassured.response.Response object(String name) {
    return given().get("/api/objects/" + BUCKET + "/" + prefix + name);
  }

  private void listed(int objects) {
    given()
        .queryParam("bucket", BUCKET)
        .queryParam("prefix", prefix)
        .get("/api/objects")
        .then()
        .body("objects", hasSize(objects));
  }

  private void searched(int hits) {
    given()
        .queryParam("q", prefix.substring(0, 36))
        .get("/api/search")
        .then()
        .body("hits", hasSize(hits));
  }

  private void execute(String sql, String value) throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
