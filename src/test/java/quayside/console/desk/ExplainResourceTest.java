package quayside.console.desk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** Explaining through the read API. */
@QuarkusTest
@TestProfile(DeskProfile.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class ExplainResourceTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");
  private static final Path MISTAKES = VECTORS.resolve("negative/receiver-mistakes.json");
  private static final String PATH = "/api/explain";

  @Test
  void capture_isExplained() throws IOException {
    given()
        .body(Files.readAllBytes(VECTORS.resolve("deeplink-form-headers.json")))
        .post(PATH)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("verified", equalTo(true))
        .body("verdict", equalTo("verifies"));
  }

  @Test
  void hints_areQueryParameters() throws IOException {
    given()
        .body(Files.readAllBytes(MISTAKES))
        .queryParam("query", "id=1&index=2")
        .post(PATH)
        .then()
        .statusCode(200)
        .body(
            "explanations.find { it.name == 'query-dropped' }.accidents.code",
            contains("query-dropped"));
  }

  @Test
  void grantTokens_areMasked() {
    String token = "q1.k1." + "A".repeat(80) + "." + "B".repeat(43);

    given()
        .body("POST /oss/callback HTTP/1.1\r\nHost: x\r\n\r\nbucket=b&grant=" + token)
        .post(PATH)
        .then()
        .statusCode(200)
        .body("stringToSign", containsString("grant=[grant]"))
        .body(not(containsString("AAAA")));
    given()
        .body("grant=" + token + ": no request line")
        .post(PATH)
        .then()
        .statusCode(400)
        .body(not(containsString("AAAA")));
  }

  @Test
  void whatIsNoCapture_isAProblem() {
    given()
        .body("hello")
        .post(PATH)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("reason", equalTo("capture-unreadable"))
        .body("detail", containsString("line 1"));
    given().post(PATH).then().statusCode(400).body("reason", equalTo("capture-unreadable"));
  }

  @Test
  void captureThatIsTooLarge_isAProblem() {
    given()
        .body(new byte[ExplainResource.MAX_CAPTURE_BYTES + 1])
        .post(PATH)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body(
            allOf(
                containsString("capture-too-large"),
                containsString(Integer.toString(ExplainResource.MAX_CAPTURE_BYTES))));
  }

  /** Each of these takes a processor for a while; more than two at once are not begun. */
  @Test
  void manyAtOnce_areRefusedAndLaterAccepted() throws Exception {
    byte[] slow = manyMistakes();
    List<Integer> statuses = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(callers.submit(() -> given().body(slow).post(PATH)));
      }
      for (Future<Response> answer : answers) {
        statuses.add(answer.get().statusCode());
        if (answer.get().statusCode() != 200) {
          reasons.add(answer.get().jsonPath().getString("reason"));
        }
      }
    }

    assertThat(statuses).contains(200, 503).containsOnly(200, 503);
    assertThat(reasons).containsOnly("busy");
    given().body(Files.readAllBytes(MISTAKES)).post(PATH).then().statusCode(200);
  }

  /** As many captures in one as are taken. */
  private static byte[] manyMistakes() throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode file = (ObjectNode) json.readTree(MISTAKES.toFile());
    ArrayNode vectors = (ArrayNode) file.get("vectors");
    int once = vectors.size();
    for (int i = 0; vectors.size() < 100; i++) {
      vectors.add(vectors.get(i % once));
    }
    return json.writeValueAsBytes(json.createObjectNode().set("vectors", vectors));
  }
}
