package quayside.console.desk;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.grant.BearerTokens;

/** Who asks, as the service sees it. */
@QuarkusTest
@TestProfile(DeskProfile.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class SessionResourceTest {

  @Test
  void nobody_hasNoNameAndSeesWhatIsGranted() {
    session(given())
        .header("Cache-Control", "no-store")
        .body("$", hasKey("name"))
        .body("name", nullValue())
        .body("operator", equalTo(false))
        .body("authentication.apiKeys", equalTo(true))
        .body("authentication.bearerTokens", equalTo(true))
        .body("uploads.enabled", equalTo(true))
        .body("uploads", hasKey("reason"))
        .body("uploads.reason", nullValue())
        .body("uploads.buckets", contains("archive", "photos"))
        .body("uploads.maxSize", equalTo(5 * 1024 * 1024));
  }

  @Test
  void callers_areNamed() {
    session(DeskProfile.other()).body("name", equalTo("other")).body("operator", equalTo(false));
    session(DeskProfile.bearer(BearerTokens.valid("alice", "grant-delegate")))
        .body("name", equalTo("alice"))
        .body("operator", equalTo(false));
  }

  @Test
  void operators_areKnownByKeySubjectAndRole() {
    session(DeskProfile.operator()).body("name", equalTo("ada")).body("operator", equalTo(true));
    session(DeskProfile.bearer(BearerTokens.valid("grace")))
        .body("name", equalTo("grace"))
        .body("operator", equalTo(true));
    session(DeskProfile.bearer(BearerTokens.valid("alice", "on-call")))
        .body("name", equalTo("alice"))
        .body("operator", equalTo(true));
  }

  @Test
  void wrongCredentials_areNotTakenForNone() {
    for (RequestSpecification request :
        List.of(
            given().header("X-Api-Key", "wrong"),
            DeskProfile.bearer("garbage"),
            DeskProfile.bearer(BearerTokens.expired("grace")),
            DeskProfile.bearer(BearerTokens.withoutSubject()))) {
      request
          .get("/api/session")
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", "Bearer")
          .body("reason", equalTo("unauthenticated"));
    }
  }

  private static ValidatableResponse session(RequestSpecification request) {
    return request.get("/api/session").then().statusCode(200).contentType("application/json");
  }
}
