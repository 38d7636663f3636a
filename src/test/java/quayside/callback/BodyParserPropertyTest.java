package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import quayside.signature.Bytes;

/** Whatever arrives, the parser answers, and within its bounds. */
class BodyParserPropertyTest {
  private final BodyParser parser = new BodyParser();

  @Provide
  Arbitrary<String> almostBodies() {
    return Arbitraries.of(
            "{", "}", "\"", ":", ",", "=", "&", "%", "%4", "%FF", "\\", "\\u12", "null", "1e9", "a",
            "${x}", "[", "]", " ", "é", "\0")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Property
  void anyBytes_areParsed(@ForAll byte[] body, @ForAll("types") String contentType) {
    assertBounded(parser.parse(Bytes.copyOf(body), contentType));
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("application/json", "application/x-www-form-urlencoded", "")
        .injectNull(0.2);
  }

  @Property
  void almostBody_isParsed(
      @ForAll @From("almostBodies") String body, @ForAll("types") String contentType) {
    assertBounded(parser.parse(Bytes.utf8(body), contentType));
    assertBounded(parser.parse(Bytes.utf8("{\"a\":" + body), contentType));
  }

  @Property
  void encodedForm_comesBackAsItWas(
      @ForAll @Size(min = 1, max = 20)
          Map<@StringLength(min = 1, max = 30) String, @StringLength(max = 60) String> values) {
    StringBuilder form = new StringBuilder("&");
    values.forEach((name, value) ->
        form.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
            .append('&'));

    CallbackBody body = parser.parse(Bytes.utf8(form.toString()), null);

    assertThat(body.fields().size()).isLessThanOrEqualTo(values.size());
    values.forEach((name, value) -> {
      if (StandardCharsets.UTF_8.newEncoder().canEncode(name + value)) {
        assertThat(body.fields().get(name).value()).isEqualTo(value);
      }
    });
  }

  private static void assertBounded(CallbackBody body) {
    assertThat(body.fields().size()).isLessThanOrEqualTo(BodyFields.MAX_FIELDS);
    assertThat(body.fields().values()).noneMatch(field -> field.usable() && field.isPlaceholder());
  }
}
