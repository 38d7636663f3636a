package quayside.console.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** The page and its files over HTTP. */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class PageHttpTest {
  private static final Pattern FILE = Pattern.compile("\"(/console/[^\"]+)\"");
  private static final Pattern INLINE =
      Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|<script(?! type=\"module\" src=)");

  private static Response page() {
    return given().get("/");
  }

  @Test
  void page_isStrictAboutWhatItRuns() {
    String policy = page().then().statusCode(200).extract().header("Content-Security-Policy");

    assertThat(policy.split("; "))
        .contains(
            "default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'");
    assertThat(policy).doesNotContain("unsafe").doesNotContain("*");
    assertThat(INLINE.matcher(page().asString()).find()).isFalse();
  }

  @Test
  void everyFileOfThePage_isKeptForeverUnderItsHash() {
    List<String> files = FILE.matcher(page().asString()).results().map(MatchResult::group).toList();
    List<String> hashed =
        files.stream()
            .map(f -> f.replace("\"", ""))
            .filter(f -> f.matches(".*-[0-9a-f]{16}\\..*"))
            .toList();

    assertThat(hashed).hasSizeGreaterThan(2);
    for (String file : hashed) {
      given()
          .get(file)
          .then()
          .statusCode(200)
          .header("Cache-Control", containsString("immutable"))
          .header("X-Content-Type-Options", equalTo("nosniff"));
    }
  }

  @Test
  void file_byItsPlainNameOrOutsideOfThePage_isNotFound() {
    for (String path :
        List.of("/console/main.js", "/console/index.html", "/console/..%2findex.html")) {
      given().urlEncodingEnabled(false).get(path).then().statusCode(404);
    }
  }

  @Test
  void page_thatIsKnown_isNotSentAgain() {
    String tag = page().header("ETag");

    given().header("If-None-Match", tag).get("/").then().statusCode(304);
  }

  @Test
  void page_isSentCompressedToWhoeverTakesIt() {
    RestAssured.given()
        .config(
            RestAssured.config().decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
        .header("Accept-Encoding", "gzip, br")
        .get("/")
        .then()
        .header("Content-Encoding", equalTo("gzip"))
        .header("Vary", equalTo("Accept-Encoding"));
  }
}
