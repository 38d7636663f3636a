package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.base64;
import static quayside.laptop.oss.CallbackParameters.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fills a callback's template: system variables, and the uploader's of header or query. */
class CallbackVariablesTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    standIn.close();
  }

  @Test
  void everySystemVariable_isFilledForAnImage() throws Exception {
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(33, 44, BufferedImage.TYPE_INT_RGB), "png", png);
    String template =
        Stream.of(
                "bucket",
                "object",
                "etag",
                "size",
                "mimeType",
                "imageInfo.height",
                "imageInfo.width",
                "imageInfo.format",
                "crc64",
                "contentMd5",
                "vpcId",
                "clientIp",
                "reqId",
                "operation")
            .map(name -> "\\\"" + name + "\\\":${" + name + "}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String callback =
          base64(
              "{\"callbackUrl\":\"%s\",\"callbackBodyType\":\"application/json\",\"callbackBody\":\"{%s}\"}"
                  .formatted(receiver.url("/cb"), template));
      HttpResponse<String> answer =
          client.put(
              "pic.jpg",
              png.toByteArray(),
              Map.of(
                  "x-oss-callback",
                  callback,
                  "Content-Type",
                  "image/png",
                  "Content-MD5",
                  md5(png.toByteArray())));

      JsonNode body = new ObjectMapper().readTree(receiver.only().body());
      assertThat(body.get("bucket").asText()).isEqualTo("uploads");
      assertThat(body.get("object").asText()).isEqualTo("pic.jpg");
      assertThat('"' + body.get("etag").asText() + '"')
          .isEqualTo(answer.headers().firstValue("ETag").orElseThrow());
      assertThat(body.get("size").isNumber()).isTrue();
      assertThat(body.get("size").asInt()).isEqualTo(png.size());
      assertThat(body.get("mimeType").asText()).isEqualTo("image/png");
      assertThat(body.get("imageInfo.height").intValue()).isEqualTo(44);
      assertThat(body.get("imageInfo.width").intValue()).isEqualTo(33);
      assertThat(body.get("imageInfo.format").textValue()).isEqualTo("png");
      assertThat(body.get("crc64").bigIntegerValue().toString())
          .isEqualTo(answer.headers().firstValue("x-oss-hash-crc64ecma").orElseThrow());
      assertThat(body.get("contentMd5").asText()).isEqualTo(md5(png.toByteArray()));
      assertThat(body.get("vpcId").isNull()).isTrue();
      assertThat(body.get("clientIp").asText()).isEqualTo("127.0.0.1");
      assertThat(body.get("reqId").asText())
          .isEqualTo(answer.headers().firstValue("x-oss-request-id").orElseThrow());
      assertThat(body.get("operation").asText()).isEqualTo("PutObject");
    }
  }

  @Test
  void parameterInTheQuery_works_andInHeaderAndQueryIsRefused() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String callback = callback(receiver.url("/cb"), "v=${x:v}");
      String var = base64("{\"x:v\":\"1\"}");
      assertThat(
              client
                  .put("k", "x", Map.of(), Map.of("callback", callback, "callback-var", var))
                  .statusCode())
          .isEqualTo(200);
      assertThat(receiver.only().body()).isEqualTo("v=1");

      for (Map<String, String> header :
          List.of(Map.of("x-oss-callback", callback), Map.of("x-oss-callback-var", var))) {
        HttpResponse<String> mixed = client.put("mixed", "x", header, Map.of("callback", callback));
        assertThat(mixed.statusCode()).isEqualTo(400);
        assertThat(mixed.body()).contains("<EC>0007-00000027</EC>");
        assertThat(mixed.headers().firstValue("x-oss-ec")).contains("0007-00000027");
      }
      assertThat(client.get("mixed").statusCode()).isEqualTo(404);
      assertThat(receiver.received()).hasSize(1);
    }
  }

  private static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder()
        .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(bytes));
  }
}
