package quayside.console.operations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.console.BucketUploads;

/** How the installation does, over real parts. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class OperationsResourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TestHTTPResource("/")
  URI api;

  @Test
  void uploads_areSeenInEveryStageAndInTheCounters() throws Exception {
    look();
    String key = "operations-" + UUID.randomUUID() + ".png";

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          new BucketUploads(api).upload(key, "image/png", BucketUploads.picture());
          JsonPath seen = look();
          for (String stage : new String[] {"publish", "catalog", "search", "thumbnail"}) {
            assertThat(of(seen, stage).getDouble("ratePerSecond")).as(stage).isPositive();
            assertThat(of(seen, stage).getLong("p50Millis"))
                .as(stage)
                .isLessThanOrEqualTo(of(seen, stage).getLong("p99Millis"));
          }
        });

    JsonPath seen = look();
    assertThat(seen.getList("stages.stage"))
        .isEqualTo(
            java.util.List.of("publish", "catalog", "search", "thumbnail", "timeline", "state"));
    assertThat(seen.getLong("callbacks.received")).isPositive();
    assertThat(seen.getLong("callbacks.published")).isPositive();
    assertThat(seen.getBoolean("conservation.balanced")).isTrue();
    assertThat(seen.getLong("journal.depth")).isZero();
    assertThat(Instant.parse(seen.getString("feed.since")))
        .isBeforeOrEqualTo(Instant.parse(seen.getString("time")));
    assertThat(seen.getString("instance")).isNotEmpty();
  }

  @Test
  void lagOfEveryGroup_isKnownAndGoesToZero() {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          JsonPath seen = look();
          for (String stage :
              new String[] {"catalog", "search", "thumbnail", "timeline", "state"}) {
            assertThat(of(seen, stage).<Object>get("lag")).as(stage).isEqualTo(0);
          }
          assertThat(of(seen, "publish").<Object>get("lag")).isNull();
          assertThat(of(seen, "timeline").<Object>get("retryLag")).isNull();
        });
  }

  @Test
  void refusedCallback_isCountedByItsReason() {
    given().body("not signed".getBytes(StandardCharsets.UTF_8)).post("/oss/callback");

    assertThat(look().<Integer>get("refused.find { it.reason == 'authorization-missing' }.count"))
        .isPositive();
  }

  private static JsonPath look() {
    return given()
        .get("/api/operations")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .extract()
        .jsonPath();
  }

  private static JsonPath of(JsonPath seen, String stage) {
    return seen.setRootPath("stages.find { it.stage == '" + stage + "' }");
  }
}
