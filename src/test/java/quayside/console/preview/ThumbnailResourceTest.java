package quayside.console.preview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.console.BucketUploads;

/** The bytes of thumbnails, from a real bucket through the catalog. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class ThumbnailResourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TestHTTPResource("/")
  URI api;

  private final String key = "preview-" + UUID.randomUUID() + "/a b&照片.png";

  @Test
  void thumbnail_isTheOneTheCatalogListsAndMayBeKept() throws Exception {
    JsonPath object = uploadedPicture();
    String type = object.getString("thumbnails.find { it.preset == 'small' }.mimeType");
    String place = "thumbnails.find { it.preset == 'small' && it.mimeType == '" + type + "' }.key";

    Response answer =
        given()
            .urlEncodingEnabled(false)
            .get(path() + "?preset=small&type=" + type + "&etag=" + object.getString("etag"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(type);
    assertThat(answer.asByteArray()).isEqualTo(stored(object.getString(place)));
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    given()
        .urlEncodingEnabled(false)
        .header("If-None-Match", answer.header("ETag"))
        .get(path() + "?preset=small&type=" + type)
        .then()
        .statusCode(304)
        .header("Cache-Control", "private, no-cache");
  }

  @Test
  void webp_isPreferred() throws Exception {
    JsonPath object = uploadedPicture();
    boolean webp = object.getList("thumbnails.mimeType").contains("image/webp");

    get("?preset=medium").statusCode(200).contentType(webp ? "image/webp" : "image/jpeg");
    get("?type=image/jpeg").statusCode(200).contentType("image/jpeg");
  }

  /** A page that is behind must not show the picture of before under the name of now. */
  @Test
  void otherVersionPresetTypeOrObject_isNotFound() throws Exception {
    uploadedPicture();

    assertNotFound(get("?etag=0123456789ABCDEF0123456789ABCDEF"));
    assertNotFound(get("?preset=huge"));
    assertNotFound(get("?type=image/svg%2Bxml"));
    assertNotFound(get("?type=text/html"));
    assertNotFound(request().get("/api/thumbnails/uploads/no/such.png").then());
    assertNotFound(request().get("/api/thumbnails/uploads/" + "k".repeat(2000)).then());
    request()
        .get("/api/thumbnails/uploads/%ff")
        .then()
        .statusCode(400)
        .body("reason", equalTo("bad-path"));
  }

  @Test
  void thumbnailThatIsGoneFromTheBucket_isNotFound() throws Exception {
    JsonPath object = uploadedPicture();
    try (OSSClient oss = BucketUploads.client()) {
      for (String gone : object.<String>getList("thumbnails.key")) {
        oss.deleteObject(DeleteObjectRequest.newBuilder().bucket("uploads").key(gone).build());
      }
    }

    assertNotFound(get("?preset=small"));
  }

  private static void assertNotFound(ValidatableResponse answer) {
    answer
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", equalTo("thumbnail-not-found"));
  }

  // Of content that no other test has: the thumbnails are named by it.
  private JsonPath uploadedPicture() throws Exception {
    byte[] picture = BucketUploads.picture();
    byte[] unique = key.getBytes(StandardCharsets.UTF_8);
    byte[] content = java.util.Arrays.copyOf(picture, picture.length + unique.length);
    System.arraycopy(unique, 0, content, picture.length, unique.length);
    new BucketUploads(api).upload(key, "image/png", content);
    return await()
        .atMost(LIMIT)
        .until(
            () -> request().get(path().replace("thumbnails", "objects")).jsonPath(),
            object ->
                object.getList("thumbnails") != null && !object.getList("thumbnails").isEmpty());
  }

  private static byte[] stored(String thumbnail) throws Exception {
    try (OSSClient oss = BucketUploads.client();
        GetObjectResult result =
            oss.getObject(GetObjectRequest.newBuilder().bucket("uploads").key(thumbnail).build())) {
      return result.body().readAllBytes();
    }
  }

  private ValidatableResponse get(String query) {
    return request().get(path() + query).then();
  }

  private static RequestSpecification request() {
    return given().urlEncodingEnabled(false);
  }

  private String path() {
    return "/api/thumbnails/uploads/"
        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
