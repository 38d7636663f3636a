package quayside.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static quayside.callback.MultipartGrants.apiKey;
import static quayside.callback.MultipartGrants.ask;
import static quayside.callback.MultipartGrants.parts;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.grant.BearerTokens;

/**
 * The URLs for the parts of an upload, asked for over HTTP: by whom, with which ticket, for how
 * many.
 */
@QuarkusTest
@TestProfile(MultipartGrantProfile.class)
class MultipartPartsTest {
  private static final long SIZE = 2 * 100 * 1024 + 77;

  private final String key = "granted/照片 \"a\"+b " + UUID.randomUUID() + ".bin";

  @Test
  void ticket_isForItsSubjectAndWhoAskedForIt() throws Exception {
    JsonPath grant = grant(SIZE);

    parts(apiKey(), grant, "0123", 1).statusCode(200);
    parts(bearer("alice"), grant, "0123", 1).statusCode(200);
    problem(parts(bearer("bob"), grant, "0123", 1), 403, "subject-not-allowed", "bob");
    problem(
        parts(bearer("bob", "grant-delegate"), grant, "0123", 1),
        403,
        "subject-not-allowed",
        "bob");
    problem(parts(given(), grant, "0123", 1), 401, "unauthenticated", "X-Api-Key");
  }

  @Test
  void whatIsNoTicketOfOurs_isRefused() throws Exception {
    String ticket = grant(SIZE).getString("token");
    String changed = ticket.substring(0, 40) + (ticket.charAt(40) == 'A' ? 'B' : 'A');

    for (String token :
        List.of(
            "",
            "garbage",
            "q1" + ticket.substring(2),
            changed + ticket.substring(41),
            ticket.replaceFirst("m1\\.k1\\.", "m1.k2."))) {
      problem(parts(apiKey(), token, "0123", 1), 403, "token-not-valid", "grant token");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"uploadId\": \"0\", \"parts\": 1}                                | token must be given",
        "{\"token\": \"TICKET\", \"parts\": 1}                              | uploadId",
        "{\"token\": \"TICKET\", \"uploadId\": \"a&b\", \"parts\": 1}       | uploadId",
        "{\"token\": \"TICKET\", \"uploadId\": \"0\"}                       | parts must be",
        "{\"token\": \"TICKET\", \"uploadId\": \"0\", \"parts\": 0}         | parts must be",
        "{\"token\": \"TICKET\", \"uploadId\": \"0\", \"parts\": 1.5}       | parts",
        "{\"token\": \"TICKET\", \"uploadId\": \"0\", \"parts\": 1, \"x\": 1} | x is not known",
        "[]                                                                 | JSON object"
      })
  void badRequest_isRefused(String body, String detail) {
    String sent = body.replace("TICKET", grant(SIZE).getString("token"));

    problem(ask(apiKey(), sent), 400, "request-invalid", detail);
  }

  /** As many as are useful for the size of the grant, and no more than are configured. */
  @Test
  void tooManyParts_areRefused() {
    JsonPath small = grant(SIZE);
    assertThat(small.getLong("maxSize")).isEqualTo(SIZE);
    parts(apiKey(), small, "0123", 3).statusCode(200);
    problem(parts(apiKey(), small, "0123", 4), 403, "parts-not-allowed", "at most 3");

    JsonPath large = grant(10_000_000);
    parts(apiKey(), large, "0123", 5).statusCode(200);
    problem(parts(apiKey(), large, "0123", 6), 403, "parts-not-allowed", "at most 5");
  }

  private JsonPath grant(long maxSize) {
    return MultipartGrants.grant(key, "v4", maxSize);
  }

  private static void problem(
      ValidatableResponse answer, int status, String reason, String detail) {
    answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("reason", equalTo(reason))
        .body("detail", containsString(detail));
  }

  private static RequestSpecification bearer(String subject, String... groups) {
    return given().header("Authorization", "Bearer " + BearerTokens.valid(subject, groups));
  }
}
