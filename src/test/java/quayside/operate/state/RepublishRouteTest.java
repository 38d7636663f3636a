package quayside.operate.state;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import quayside.LaptopStackResource;
import quayside.sink.catalog.state.StateTopic;

/** Filling the topic of states from the catalog, as an operator does: route and command. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class RepublishRouteTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  // As an installation has them that is older than the topic: their events are long gone.
  private static final String ROW =
      """
      insert into catalog.object (bucket, key, etag, variables, fields, verification_level, event_source, event_id,
                                  sequence, uploaded_at, recorded_at, state)
      values (?, ?, 'OLD', '{}', '{}', 'signature', 'acs:oss:-:-:' || ?, ?, ?, now(), now(), ?)\
      """;

  @Inject DataSource database;

  @TestHTTPResource(value = "/state/republish", management = true)
  URI republish;

  private final String bucket = "re-" + UUID.randomUUID();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void stopWhatRuns() {
    given().delete(republish).then().statusCode(202);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(republish).then().body("state", not("running")));
  }

  @Test
  void topicThatHasNothing_hasEveryObjectAndTombstoneAfterwards() throws Exception {
    for (int i = 0; i < 7; i++) {
      insert("a/" + i, i, i == 3 ? "deleted" : "present");
    }
    insert("b/0", 9, "present");
    assertThat(states()).isEmpty();

    assertThat(command("--bucket", bucket, "--prefix", "a/", "--dry-run")).isZero();
    assertThat(out.toString()).contains("done dry run: 6 states, 1 tombstones, 0 skipped");
    assertThat(states()).isEmpty();

    assertThat(command("--bucket", bucket, "--prefix", "a/")).isZero();
    assertThat(out.toString()).contains("done 6 states, 1 tombstones, 0 skipped, in " + bucket);
    Map<String, ConsumerRecord<String, byte[]>> states = states();
    assertThat(states.keySet()).containsExactly("a/0", "a/1", "a/2", "a/3", "a/4", "a/5", "a/6");
    states.forEach((key, record) -> {
      assertThat(StateTopic.sequence(record)).isEqualTo(key.charAt(2) - '0');
      assertThat(record.value() == null).isEqualTo(key.equals("a/3"));
    });

    assertThat(command("--rate", "100000")).isZero();
    assertThat(states().keySet()).hasSize(8).contains("b/0");
    given()
        .get(republish)
        .then()
        .statusCode(200)
        .body("state", equalTo("done"))
        .body("dryRun", equalTo(false))
        .body("startedAt", containsString("T"))
        .body("endedAt", containsString("T"));
    assertThat(command("--status")).isZero();
  }

  @Test
  void secondOneAtATime_isRefusedAndTheFirstCanBeStopped() throws Exception {
    for (int i = 0; i < 3; i++) {
      insert("slow/" + i, i, "present");
    }
    given().post(republish + "?rate=1&bucket=" + bucket).then().statusCode(202);

    problem(given().post(republish.toString()).then(), 409, "republish-under-way", "under way");

    assertThat(command("--cancel")).isZero();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(republish).then().body("state", equalTo("cancelled")));
  }

  @ParameterizedTest
  @CsvSource({
    "rate=0, bad-rate",
    "rate=fast, bad-rate",
    "rate=0.5, bad-rate",
    "dry-run=maybe, bad-dry-run",
    "bucket=, bad-bucket",
    "bucket=a%00b, bad-bucket",
    "prefix=a%00b, bad-prefix"
  })
  void badParameter_isRefused(String query, String reason) {
    problem(
        given().urlEncodingEnabled(false).post(republish + "?" + query).then(),
        400,
        reason,
        "must be");
    given().get(republish).then().body("state", not("running"));
  }

  @Test
  void route_isOnTheManagementPortAlone() {
    given().get("/q/state/republish").then().statusCode(404);
    given().post("/q/state/republish").then().statusCode(404);
  }

  private Map<String, ConsumerRecord<String, byte[]>> states() {
    List<ConsumerRecord<String, byte[]>> records = StateTopic.read(StateTopic.NAME);
    Map<String, ConsumerRecord<String, byte[]>> found = new TreeMap<>();
    StateTopic.newest(records)
        .forEach((key, record) -> {
          if (key.startsWith(bucket + "/")) {
            found.put(key.substring(bucket.length() + 1), record);
          }
        });
    return found;
  }

  private int command(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine command = new CommandLine(new RepublishCommand());
    command.setOut(new PrintWriter(out, true));
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--management";
    all[arguments.length + 1] = republish.getScheme() + "://" + republish.getAuthority();
    return command.execute(all);
  }

  private void insert(String key, long sequence, String state) throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ROW)) {
      insert.setString(1, bucket);
      insert.setString(2, key);
      insert.setString(3, bucket);
      insert.setString(4, "old-" + key);
      insert.setLong(5, sequence);
      insert.setString(6, state);
      insert.executeUpdate();
    }
  }

  private static void problem(
      ValidatableResponse response, int status, String reason, String detail) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("reason", equalTo(reason))
        .body("detail", containsString(detail));
  }
}
