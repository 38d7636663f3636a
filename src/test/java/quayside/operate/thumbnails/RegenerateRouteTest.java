package quayside.operate.thumbnails;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.LaptopStackResource;
import quayside.oss.ObjectHead;
import quayside.sink.ObservedEvents;
import quayside.sink.catalog.Verdict;

/** The route of a campaign as an operator sees it; what a campaign does is tested beside it. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class RegenerateRouteTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Inject ObservedEvents events;

  @TestHTTPResource(value = "/thumbnails/regenerate", management = true)
  URI regenerate;

  @BeforeEach
  void stopWhatRuns() {
    given().delete(regenerate).then().statusCode(202);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(regenerate).then().body("state", not("running")));
  }

  @Test
  void campaign_readsEveryUploadAndEnds() throws Exception {
    publishUpload();

    given()
        .post(regenerate + "?preset=small&rate=100000&restart=true")
        .then()
        .statusCode(202)
        .contentType("application/json")
        .body("campaign", equalTo("small-v1"));

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(regenerate).then().body("state", equalTo("done")));
    given()
        .get(regenerate)
        .then()
        .statusCode(200)
        .body("read", greaterThan(0))
        .body("endedAt", containsString("T"));
  }

  @Test
  void secondOneAtATime_isRefusedAndTheFirstCanBeStopped() throws Exception {
    publishUpload();
    given().post(regenerate + "?preset=medium&rate=0.01").then().statusCode(202);

    problem(
        given().post(regenerate + "?preset=small").then(),
        409,
        "regeneration-under-way",
        "under way");

    given().delete(regenerate).then().statusCode(202);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(regenerate).then().body("state", equalTo("cancelled")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, unknown-preset",
        "preset=tiny, unknown-preset",
        "preset=small-v1, unknown-preset",
        "preset=small&rate=0, bad-rate",
        "preset=small&rate=-1, bad-rate",
        "preset=small&rate=fast, bad-rate",
        "preset=small&rate=NaN, bad-rate",
        "preset=small&rate=Infinity, bad-rate",
        "preset=small&restart=maybe, bad-restart"
      })
  void badParameter_isRefused(String query, String reason) {
    String asked = regenerate + (query == null ? "" : "?" + query);

    problem(given().post(asked).then(), 400, reason, "must be");

    given().get(regenerate).then().body("state", not("running"));
  }

  @Test
  void route_isOnTheManagementPortAlone() {
    given().get("/q/thumbnails/regenerate").then().statusCode(404);
    given().post("/q/thumbnails/regenerate?preset=small").then().statusCode(404);
  }

  private void publishUpload() throws Exception {
    ObjectHead head = new ObjectHead("ETAG", 1, "image/png", Instant.now(), Map.of());
    events.uploaded(Verdict.observed("uploads", UUID.randomUUID() + ".png", head, Instant.now()));
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
