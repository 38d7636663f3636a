package quayside.callback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** Asks over HTTP for grants of uploads in parts and for the URLs of their parts. */
final class MultipartGrants {
  private MultipartGrants() {}

  static RequestSpecification apiKey() {
    return given().header("X-Api-Key", "local");
  }

  static JsonPath grant(String key, String version, long maxSize) {
    return apiKey()
        .contentType("application/json")
        .body(
            Map.of(
                "bucket",
                "uploads",
                "key",
                key,
                "contentTypes",
                List.of("text/x-parts"),
                "maxSize",
                maxSize,
                "subject",
                "alice",
                "variables",
                Map.of("album", "7 & \"8\""),
                "method",
                "multipart",
                "signatureVersion",
                version))
        .post("/api/grants")
        .then()
        .statusCode(200)
        .body("method", equalTo("multipart"))
        .body("key", equalTo(key))
        .extract()
        .jsonPath();
  }

  static ValidatableResponse parts(
      RequestSpecification caller, JsonPath grant, String uploadId, int count) {
    return parts(caller, grant.getString("token"), uploadId, count);
  }

  static ValidatableResponse parts(
      RequestSpecification caller, String token, String uploadId, int count) {
    return ask(caller, Map.of("token", token, "uploadId", uploadId, "parts", count));
  }

  static ValidatableResponse ask(RequestSpecification caller, Object body) {
    Response answer = caller.contentType("application/json").body(body).post("/api/grants/parts");
    return answer.then();
  }
}
