package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;

/** The catalog over HTTP, against a real PostgreSQL. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogResourceTest {
  static final List<String> HOSTILE_KEYS = HostileKeys.ALL;

  @Inject ObjectSink objects;
  @Inject ThumbnailSink thumbnails;
  @Inject MeterRegistry metrics;

  @TestHTTPResource URI server;

  private final String bucket = Upload.newBucket();
  private final Upload upload = Upload.of(bucket, "photos/照片 1.jpg");

  @Test
  void object_isShownWithItsThumbnails() throws Exception {
    objects.apply(List.of(upload.withVariables(Map.of("x:user", "李雷")).event()));
    thumbnails.apply(List.of(upload.thumbnails()));

    given()
        .urlEncodingEnabled(false)
        .get("/api/objects/" + bucket + "/photos/" + encoded("照片 1.jpg"))
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("bucket", equalTo(bucket))
        .body("key", equalTo("photos/照片 1.jpg"))
        .body("etag", equalTo("ETAG-1"))
        .body("size", equalTo(4711))
        .body("crc64", equalTo("18446744073709551615"))
        .body("image", equalTo(Map.of("width", 640, "height", 480, "format", "jpg")))
        .body("variables.'x:user'", equalTo("李雷"))
        .body("verificationLevel", equalTo("signature"))
        .body("eventId", equalTo(upload.id()))
        .body("sequence", equalTo(1))
        .body("uploadedAt", equalTo("2026-11-01T08:00:00Z"))
        .body("thumbnails", hasSize(2))
        .body("thumbnails[0].preset", equalTo("small"))
        .body("thumbnails[0].key", equalTo("thumbnails/ETAG-1/small.webp"));
  }

  /**
   * Absent is null, never left out: a client can tell "not said" from "not known to this version".
   */
  @Test
  void valueTheCallbackDidNotSay_isNull() throws Exception {
    objects.apply(List.of(upload.withEtag(null).event()));

    String body =
        given().urlEncodingEnabled(false).get(target(upload.key())).then().extract().asString();

    assertThat(body).contains("\"etag\":null").contains("\"thumbnails\":[]");
  }

  @ParameterizedTest
  @FieldSource("HOSTILE_KEYS")
  void hostileKey_isFoundByItsEncodedPath(String key) throws Exception {
    objects.apply(List.of(upload.withKey(key).event()));

    given()
        .urlEncodingEnabled(false)
        .get(target(key))
        .then()
        .statusCode(200)
        .body("key", equalTo(key));
  }

  /**
   * Sent as they are, these arrive normalised in a framework's path parameter, as the name of
   * another object.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a//b", "a/../b", "a/./b", "a/b/", "x/%2e%2e/b", "a+b"})
  void keyWithItsSlashesAsTheyAre_isTakenLiterally(String rawKey) throws Exception {
    String key = rawKey.replace("%2e", ".");
    objects.apply(
        List.of(
            upload.withKey(key).event(),
            upload.withKey("b").event(),
            upload.withKey("a/b").event()));

    assertThat(rawGet("/api/objects/" + bucket + "/" + rawKey)).contains("\"key\":\"" + key + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown.jpg", "%00", "%F0%9F%98%80", "a%00b"})
  void unknownObject_isNotFound(String key) {
    problem(get("/api/objects/" + bucket + "/" + key), 404, "object-not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "a%C3", "%ED%A0%80"})
  void pathThatIsNotUtf8_isRefused(String key) {
    problem(get("/api/objects/" + bucket + "/" + key), 400, "bad-path");
  }

  static Stream<Arguments> badParameter_isRefusedWithItsReason() {
    String foreign =
        base64(
            "{\"order\":\"KEY\",\"uploadedAt\":\"2026-11-01T08:00:00Z\",\"bucket\":\"b\",\"key\":\"k\"}");
    return Stream.of(
        Arguments.of("limit=0", "bad-limit"),
        Arguments.of("limit=501", "bad-limit"),
        Arguments.of("limit=-1", "bad-limit"),
        Arguments.of("limit=ten", "bad-limit"),
        Arguments.of("limit=99999999999", "bad-limit"),
        Arguments.of("order=oldest", "bad-order"),
        Arguments.of("order=KEY", "bad-order"),
        Arguments.of("prefix=%00", "bad-filter"),
        Arguments.of("bucket=a%00", "bad-filter"),
        Arguments.of("bucket=other&cursor=" + newest("2026-11-01T08:00:00Z", "k"), "bad-cursor"),
        Arguments.of("prefix=other&cursor=" + newest("2026-11-01T08:00:00Z", "k"), "bad-cursor"),
        Arguments.of("cursor=!!!", "bad-cursor"),
        Arguments.of("cursor=" + base64("null"), "bad-cursor"),
        Arguments.of("cursor=" + base64("[]"), "bad-cursor"),
        Arguments.of("cursor=" + base64("{}"), "bad-cursor"),
        Arguments.of("cursor=" + foreign, "bad-cursor"),
        Arguments.of("cursor=" + newest("not a time", "k"), "bad-cursor"),
        Arguments.of("cursor=" + newest("+200000-01-01T00:00:00Z", "k"), "bad-cursor"),
        Arguments.of("cursor=" + newest("2026-11-01T08:00:00Z", "\\u0000"), "bad-cursor"));
  }

  @ParameterizedTest
  @MethodSource
  void badParameter_isRefusedWithItsReason(String query, String reason) {
    double before = metrics.counter("quayside.catalog.refused", "reason", reason).count();

    problem(get("/api/objects?" + query), 400, reason);

    assertThat(metrics.counter("quayside.catalog.refused", "reason", reason).count() - before)
        .isEqualTo(1);
  }

  @Test
  void listing_isNewestFirstAndFiltered() throws Exception {
    objects.apply(
        List.of(
            upload.withKey("a/1").withSequence(1).event(),
            upload.withKey("a/2").withSequence(3).event(),
            upload.withKey("b/1").withSequence(2).event()));

    assertThat(keys(get("/api/objects?bucket=" + bucket))).containsExactly("a/2", "b/1", "a/1");
    assertThat(keys(get("/api/objects?order=key&bucket=" + bucket)))
        .containsExactly("a/1", "a/2", "b/1");
    assertThat(keys(get("/api/objects?prefix=a/&bucket=" + bucket))).containsExactly("a/2", "a/1");
    assertThat(keys(get("/api/objects?limit=1&bucket=" + bucket))).containsExactly("a/2");
    get("/api/objects?bucket=nobody").body("objects", empty()).body("nextCursor", equalTo(null));
  }

  @Test
  void emptyParameters_areAsIfTheyWereNotThere() throws Exception {
    objects.apply(List.of(upload.event()));

    assertThat(keys(get("/api/objects?prefix=&order=&limit=&cursor=&bucket=" + bucket)))
        .containsExactly(upload.key());
  }

  @Test
  void prefix_mayBeAnyText() throws Exception {
    List<String> keys =
        List.of("照片/1", "照片/2", "照牌", "a%b", "a_b", "axb", "\uDBFF\uDFFFz", "\uD7FFx", "\uE000x");
    objects.apply(keys.stream().map(key -> upload.withKey(key).event()).toList());

    assertThat(keys(list("order", "key", "prefix", "照片/"))).containsExactly("照片/1", "照片/2");
    assertThat(keys(list("order", "key", "prefix", "a%"))).containsExactly("a%b");
    assertThat(keys(list("order", "key", "prefix", "a_"))).containsExactly("a_b");
    assertThat(keys(list("order", "key", "prefix", "\uDBFF\uDFFF")))
        .containsExactly("\uDBFF\uDFFFz");
    assertThat(keys(list("order", "key", "prefix", "\uD7FF"))).containsExactly("\uD7FFx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", "key"})
  void paging_showsEveryObjectOnceWhileRowsAreInserted(String order) throws Exception {
    List<String> keys = IntStream.range(0, 25).mapToObj(i -> "key-%02d".formatted(i)).toList();
    objects.apply(
        IntStream.range(0, 25)
            .mapToObj(i -> upload.withKey(keys.get(i)).withSequence(1 + i / 3).event())
            .toList());

    List<String> seen = new ArrayList<>();
    String cursor = null;
    int page = 0;
    do {
      JsonPath found = page(order, cursor);
      seen.addAll(found.getList("objects.key"));
      cursor = found.getString("nextCursor");
      // Before and behind the place the walk is at, in either order.
      objects.apply(
          List.of(
              upload.withKey("a-new-" + page).withSequence(1000 + page).event(),
              upload.withKey("z-new-" + page).withSequence(1000 + page).event()));
      page++;
    } while (cursor != null && page < 50);

    assertThat(seen).doesNotHaveDuplicates().containsAll(keys);
    assertThat(page).isLessThan(50);
  }

  @Test
  void lastPage_hasNoCursor() throws Exception {
    objects.apply(IntStream.range(0, 4).mapToObj(i -> upload.withKey("k" + i).event()).toList());

    assertThat(page("key", null).getString("nextCursor")).isNull();
    assertThat(page("key", null).getList("objects")).hasSize(4);
  }

  @Test
  void contract_isInTheOpenApiDocument() {
    String document = given().get("/q/openapi").then().statusCode(200).extract().asString();

    assertThat(document)
        .contains(
            "/api/objects:",
            "/api/objects/{bucket}/{key}:",
            "application/problem+json",
            "bad-cursor");
  }

  private JsonPath page(String order, @Nullable String cursor) {
    return get("/api/objects?limit=4&bucket="
            + bucket
            + "&order="
            + order
            + (cursor == null ? "" : "&cursor=" + cursor))
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private ValidatableResponse list(String... parameters) {
    RequestSpecification request = given().queryParam("bucket", bucket);
    for (int i = 0; i < parameters.length; i += 2) {
      request = request.queryParam(parameters[i], parameters[i + 1]);
    }
    return request.get("/api/objects").then().statusCode(200);
  }

  private static ValidatableResponse get(String target) {
    return given().urlEncodingEnabled(false).get(target).then();
  }

  private static List<String> keys(ValidatableResponse response) {
    return response.statusCode(200).extract().jsonPath().getList("objects.key");
  }

  private static void problem(ValidatableResponse response, int status, String reason) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("https://quayside.io/problems/" + reason))
        .body("status", equalTo(status))
        .body("reason", equalTo(reason))
        .body("title", org.hamcrest.Matchers.not(empty()))
        .body("detail", org.hamcrest.Matchers.not(empty()));
  }

  /** A client that sends the target exactly as given. */
  private String rawGet(String target) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String target(@Nullable String key) {
    return "/api/objects/" + bucket + "/" + encoded(String.valueOf(key));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String newest(String uploadedAt, String key) {
    return base64(
        "{\"order\":\"NEWEST\",\"uploadedAt\":\""
            + uploadedAt
            + "\",\"bucket\":\"b\",\"key\":\""
            + key
            + "\"}");
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
