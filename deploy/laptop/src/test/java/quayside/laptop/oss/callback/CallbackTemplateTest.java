package quayside.laptop.oss.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both escaping modes (protocol document, 1.5), against captured bodies and seeded random values.
 */
class CallbackTemplateTest {
  static final Map<String, Value> VALUES =
      Map.of(
          "bucket", new Value.Text("uploads"),
          "object", new Value.Text("dir/a b+\"中\".png"),
          "size", new Value.Digits("5385"),
          "crc64", new Value.Digits("18446744073709551615"),
          "imageInfo.width", new Value.Digits("810"),
          "imageInfo.height", new Value.Digits("539"),
          "x:note", new Value.Text("a&b=c"));

  static String expand(BodyType type, String template) {
    return CallbackTemplate.parse(template)
        .expand(type, name -> VALUES.getOrDefault(name, Value.UNSET));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "object=${object}&size=${size} | object=dir%2Fa%20b%2B%22%E4%B8%AD%22.png&size=5385",
        "note=${x:note} | note=a%26b%3Dc",
        "imageInfo.format=${imageInfo.format}&vpc=${vpcId}&x=${x:none} | imageInfo.format=&vpc=&x=",
        "{\"width\":${mimeType}} | {\"width\":}",
        "crc=${crc64} | crc=18446744073709551615",
        "a=1 b&%24%7Bobject%7D | a=1 b&%24%7Bobject%7D",
        "test | test",
      })
  void formMode_urlEncodesValuesOnly(String template, String expected) {
    assertThat(expand(BodyType.FORM, template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"object\":${object},\"size\":${size}} | {\"object\":\"dir/a b+\\\"中\\\".png\",\"size\":5385}",
        "{\"crc64\":${crc64}} | {\"crc64\":18446744073709551615}",
        "{\"vpcId\":${vpcId},\"x\":${x:none}} | {\"vpcId\":null,\"x\":null}",
        "{\"wh\":\"${imageInfo.width},${imageInfo.height}\"} | {\"wh\":\"810,539\"}",
        "{\"fmt\":\"${imageInfo.format},${vpcId}\"} | {\"fmt\":\",\"}",
        "{\"raw\":\"${object}\"} | {\"raw\":\"dir/a b+\"中\".png\"}",
        "{\"a\":\"x\\\"${size}\",\"b\":${bucket}} | {\"a\":\"x\\\"5385\",\"b\":\"uploads\"}",
        "filename=${bucket}&size=${size} | filename=\"uploads\"&size=5385",
        "{\"filename\",${bucket}} | {\"filename\",\"uploads\"}",
      })
  void jsonMode_writesJsonValues_rawInsideQuotes(String template, String expected) {
    assertThat(expand(BodyType.JSON, template)).isEqualTo(expected);
  }

  /** Body of a callback the real service signed; see the vectors this is taken from. */
  @Test
  void formShapedTemplateInJsonMode_givesTheCapturedBody() {
    Map<String, Value> captured =
        Map.of(
            "object", new Value.Text("local/var/www/zhuye.png"),
            "size", new Value.Digits("5385"),
            "mimeType", new Value.Text("application/octet-stream"),
            "imageInfo.height", new Value.Digits("256"),
            "imageInfo.width", new Value.Digits("256"));
    String template =
        "filename=${object}&size=${size}&mimeType=${mimeType}&height=${imageInfo.height}&width=${imageInfo.width}";
    assertThat(CallbackTemplate.parse(template).expand(BodyType.JSON, captured::get))
        .isEqualTo(
            "filename=\"local/var/www/zhuye.png\"&size=5385&mimeType=\"application/octet-stream\"&height=256&width=256");
  }

  @Test
  void capturedFormBody_isReproduced() {
    Map<String, Value> captured =
        Map.of(
            "object", new Value.Text("headSculpture/jikang2.jpg"),
            "size", new Value.Digits("108904"),
            "mimeType", new Value.Text("image/jpeg"),
            "imageInfo.height", new Value.Digits("278"),
            "imageInfo.width", new Value.Digits("200"));
    String template =
        "filename=${object}&size=${size}&mimeType=${mimeType}&height=${imageInfo.height}&width=${imageInfo.width}";
    assertThat(CallbackTemplate.parse(template).expand(BodyType.FORM, captured::get))
        .isEqualTo(
            "filename=headSculpture%2Fjikang2.jpg&size=108904&mimeType=image%2Fjpeg&height=278&width=200");
  }

  /**
   * Whatever a key holds, a form receiver and (outside quotes) a JSON receiver read it back
   * unchanged.
   */
  @Test
  void anyKey_survivesBothModes() throws Exception {
    var random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      String key = randomText(random);
      String form =
          CallbackTemplate.parse("o=${object}&n=1").expand(BodyType.FORM, n -> new Value.Text(key));
      assertThat(form).matches("o=[A-Za-z0-9%._~-]*&n=1");
      assertThat(URLDecoder.decode(form.substring(2, form.length() - 4), StandardCharsets.UTF_8))
          .isEqualTo(key);

      String json =
          CallbackTemplate.parse("{\"o\":${object},\"n\":1}")
              .expand(BodyType.JSON, n -> new Value.Text(key));
      JsonNode read = new ObjectMapper().readTree(json);
      assertThat(read.get("o").asText()).isEqualTo(key);
      assertThat(read.size()).isEqualTo(2);
    }
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> "\"\\/&=+%{}$ ?#;\n\t\u0000\u001f".charAt(random.nextInt(18));
            case 1 -> 0x4E00 + random.nextInt(0x1000);
            case 2 -> 0x1F600 + random.nextInt(50);
            default -> 'a' + random.nextInt(26);
          };
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }
}
