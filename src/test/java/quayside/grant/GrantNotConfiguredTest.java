package quayside.grant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.grant.token.GrantRefusal;
import quayside.grant.token.GrantRefusedException;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.ReportedUpload;

/** An installation that says nothing about grants: it starts, and gives none. */
@QuarkusTest
@TestProfile(GrantNotConfiguredTest.Nothing.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class GrantNotConfiguredTest {
  @Inject GrantVerifier verifier;

  /** The test mode would make up a key for bearer tokens; production does not. */
  public static class Nothing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("mp.jwt.verify.publickey", "NONE");
    }
  }

  @Test
  void everyRequest_isRefusedAndToldWhy() {
    for (Map<String, String> headers :
        java.util.List.of(
            Map.of("X-Test", "none"),
            Map.of("X-Api-Key", "local"),
            Map.of("Authorization", "Bearer " + BearerTokens.valid("alice")))) {
      given()
          .headers(headers)
          .contentType("application/json")
          .body("{\"key\": \"a\"}")
          .post("/api/grants")
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .body("reason", equalTo("authentication-not-configured"))
          .body("detail", containsString("quayside.grant.api-keys"));
    }
  }

  @Test
  void everyToken_isRefused() {
    assertThatThrownBy(() ->
            verifier.verify(
                "q1.k1.AAAA." + "A".repeat(43), new ReportedUpload("b", "k", 1L, "a/b")))
        .isInstanceOfSatisfying(
            GrantRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(GrantRefusal.UNKNOWN_KEY));
  }
}
