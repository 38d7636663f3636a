package quayside.operate.explain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import quayside.callback.CallbackHttpProfile;

/** Explaining over HTTP: for operators, who reach the management port. */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class ExplainRouteTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  @TestHTTPResource(value = "/explain", management = true)
  URI management;

  @TestHTTPResource("/q/explain")
  URI main;

  @Test
  void path_isTheDocumentedOne() {
    assertThat(management.getPath()).isEqualTo("/q/explain").isEqualTo(main.getPath());
  }

  @Test
  void capture_isExplainedOnTheManagementPort() throws IOException {
    given()
        .body(Files.readAllBytes(VECTORS.resolve("deeplink-form-headers.json")))
        .post(management)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("verified", equalTo(true))
        .body("verdict", equalTo("verifies"));
  }

  @Test
  void hints_areQueryParameters() throws IOException {
    given()
        .body(Files.readAllBytes(VECTORS.resolve("negative/receiver-mistakes.json")))
        .queryParam("query", "id=1&index=2")
        .post(management)
        .then()
        .statusCode(200)
        .body(
            "explanations.find { it.name == 'query-dropped' }.accidents.code",
            contains("query-dropped"));
  }

  @Test
  void mainPort_knowsNothingOfIt() throws IOException {
    given()
        .body(Files.readAllBytes(VECTORS.resolve("deeplink-form-headers.json")))
        .post(main)
        .then()
        .statusCode(404);
  }

  @Test
  void whatIsNoCapture_isAProblem() {
    given()
        .body("hello")
        .post(management)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("reason", equalTo("capture-unreadable"))
        .body("detail", containsString("line 1"));
  }

  @Test
  void captureThatIsTooLarge_isAProblem() {
    given()
        .body(new byte[ExplainLimits.CAPTURE_BYTES + 1])
        .post(management)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("reason", equalTo("capture-too-large"));
  }
}
