package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single requests for objects, at the HTTP level: ranges, conditions, digests, listings. */
class ObjectsTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
    var put =
        client.put(
            "ten", "0123456789", Map.of("Content-Type", "text/plain", "x-oss-meta-tag", "value"));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    client.close();
    standIn.close();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, '', 206, 0123, bytes 0-3/10",
    "bytes=7-, '', 206, 789, bytes 7-9/10",
    "bytes=-2, '', 206, 89, bytes 8-9/10",
    "bytes=-99, '', 206, 0123456789, bytes 0-9/10",
    "bytes=9-9, '', 206, 9, bytes 9-9/10",
    "bytes=5-20, '', 200, 0123456789, -",
    "bytes=5-20, standard, 206, 56789, bytes 5-9/10",
    "bytes=10-11, '', 200, 0123456789, -",
    "bytes=5-2, '', 200, 0123456789, -",
    "'bytes=0-1,3-4', '', 200, 0123456789, -",
    "bytes=-, '', 200, 0123456789, -",
    "items=0-1, '', 200, 0123456789, -",
  })
  void range_isServedAsOssDoes(
      String range, String behaviour, int status, String body, String contentRange)
      throws Exception {
    Map<String, String> headers =
        behaviour.isEmpty()
            ? Map.of("Range", range)
            : Map.of("Range", range, "x-oss-range-behavior", behaviour);
    HttpResponse<String> answer = client.get("ten", headers);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("Content-Range").orElse("-")).isEqualTo(contentRange);
  }

  @Test
  void rangeOutside_isRefusedUnderStandardBehaviour() throws Exception {
    HttpResponse<String> answer =
        client.get("ten", Map.of("Range", "bytes=10-11", "x-oss-range-behavior", "standard"));
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.body()).contains("<Code>InvalidRange</Code>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match | \"781E5E245D69B566979B86E28D23F2C7\" | 304",
        "If-None-Match | * | 304",
        "If-None-Match | \"other\" | 200",
        "If-Match | \"781e5e245d69b566979b86e28d23f2c7\" | 200",
        "If-Match | \"other\" | 412",
        "If-Modified-Since | Fri, 13 Nov 2099 00:00:00 GMT | 304",
        "If-Modified-Since | Fri, 13 Nov 2015 00:00:00 GMT | 200",
        "If-Unmodified-Since | Fri, 13 Nov 2015 00:00:00 GMT | 412",
        "If-Unmodified-Since | Fri, 13 Nov 2099 00:00:00 GMT | 200",
        "If-Modified-Since | yesterday | 200",
      })
  void condition_decides(String header, String value, int status) throws Exception {
    assertThat(client.get("ten", Map.of(header, value)).statusCode()).isEqualTo(status);
  }

  @Test
  void head_tellsTheLengthWithoutABody_andKeepsTheConnection() throws Exception {
    HttpResponse<String> head = client.send("HEAD", "ten", new byte[0], Map.of(), Map.of());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
    assertThat(head.headers().firstValue("x-oss-meta-tag")).isPresent();
    assertThat(client.get("ten").body()).isEqualTo("0123456789");
  }

  @Test
  void headOfNothing_namesTheErrorInAHeader() throws Exception {
    HttpResponse<String> head = client.send("HEAD", "nothing", new byte[0], Map.of(), Map.of());
    assertThat(head.statusCode()).isEqualTo(404);
    String document =
        new String(
            Base64.getDecoder().decode(head.headers().firstValue("x-oss-err").orElseThrow()),
            StandardCharsets.UTF_8);
    assertThat(document).contains("<Code>NoSuchKey</Code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1B2M2Y8AsgTpgAmY7PhCfg==", "short", "***"})
  void wrongContentMd5_isRefusedAndStoresNothing(String md5) throws Exception {
    HttpResponse<String> answer = client.put("md5", "content", Map.of("Content-MD5", md5));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>InvalidDigest</Code>");
    assertThat(client.get("md5").statusCode()).isEqualTo(404);
  }

  @Test
  void forbidOverwrite_isHonoured() throws Exception {
    assertThat(client.put("once", "1", Map.of("x-oss-forbid-overwrite", "true")).statusCode())
        .isEqualTo(200);
    HttpResponse<String> second = client.put("once", "2", Map.of("x-oss-forbid-overwrite", "true"));
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("<Code>FileAlreadyExists</Code>");
    assertThat(client.get("once").body()).isEqualTo("1");
  }

  @Test
  void emptyObject_isAnObject() throws Exception {
    assertThat(client.put("empty", "", Map.of()).headers().firstValue("ETag"))
        .contains("\"D41D8CD98F00B204E9800998ECF8427E\"");
    assertThat(client.get("empty").statusCode()).isEqualTo(200);
    assertThat(client.get("empty").headers().firstValue("Content-Type"))
        .contains("application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"acl", "tagging", "append", "restore", "symlink", "versionId", "x-oss-process"})
  void operationsItHasNot_areRefusedAndDoNotTouchTheObject(String subResource) throws Exception {
    HttpResponse<String> answer =
        client.send(
            "PUT", "ten", "x".getBytes(StandardCharsets.UTF_8), Map.of(), Map.of(subResource, ""));
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(client.get("ten").body()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @CsvSource({"max-keys, 0", "max-keys, 1001", "max-keys, ten", "encoding-type, base64"})
  void badListing_isRefused(String name, String value) throws Exception {
    HttpResponse<String> answer =
        client.send("GET", "", new byte[0], Map.of(), Map.of(name, value));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<Code>InvalidArgument</Code>", "<ArgumentName>" + name + "</ArgumentName>");
  }

  @Test
  void listing_hasNoNamespace() throws Exception {
    HttpResponse<String> answer =
        client.send("GET", "", new byte[0], Map.of(), Map.of("list-type", "2"));
    assertThat(answer.body())
        .contains("<ListBucketResult><Name>uploads</Name>")
        .doesNotContain("xmlns");
  }
}
