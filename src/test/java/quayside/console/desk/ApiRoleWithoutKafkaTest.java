package quayside.console.desk;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** An instance with the role {@code api} alone, and Kafka is away: what needs it says so. */
@QuarkusTest
@TestProfile(ApiRoleWithoutKafkaTest.Alone.class)
class ApiRoleWithoutKafkaTest {

  /** The stack, but a Kafka address where nobody listens. */
  public static final class Alone extends DeskProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.put("quayside.roles", "api");
      return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class), new TestResourceEntry(NoKafka.class));
    }
  }

  /** After the stack, whose address it replaces. */
  public static final class NoKafka implements QuarkusTestResourceLifecycleManager {
    @Override
    public int order() {
      return 1;
    }

    @Override
    public Map<String, String> start() {
      return Map.of("kafka.bootstrap.servers", "127.0.0.1:1");
    }

    @Override
    public void stop() {
      // Nothing was started.
    }
  }

  @Test
  void deadLetters_areUnavailable() {
    unavailable(given().get("/api/dead-letters").then());
    unavailable(
        given().get("/api/dead-letters/oss.object.uploaded.v1.quayside-catalog.dlq/0/0").then());
  }

  /** Before its first line an answer can still be another. */
  @Test
  void orders_areUnavailable() {
    unavailable(
        DeskProfile.operator()
            .contentType("application/json")
            .body("{\"filter\": {\"bucket\": \"b\"}, \"dryRun\": true}")
            .post("/api/dead-letters/redrive")
            .then());
  }

  @Test
  void whatNeedsNoKafka_isAnswered() {
    given()
        .get("/api/session")
        .then()
        .statusCode(200)
        .body("uploads.enabled", equalTo(false))
        .body("uploads.reason", containsString("role grants"));
    given().body("hello").post("/api/explain").then().statusCode(400);
    given().get("/api/objects?limit=1").then().statusCode(200);
  }

  private static void unavailable(ValidatableResponse answer) {
    answer
        .statusCode(503)
        .contentType("application/problem+json")
        .body("reason", equalTo("kafka-unavailable"));
  }
}
