package quayside.grant.template;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.grant.template.CallbackTemplateTest.fields;
import static quayside.grant.template.CallbackTemplateTest.template;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys and custom values of any kind arrive as they were. */
class CallbackEscapingTest {
  private static final String TOKEN = "q1.k1.AbC_-9.xyz";

  /** Quotation marks in object keys break templates that people write by hand. */
  @Property(tries = 300)
  void anyValue_roundTrips(
      @ForAll BodyType type, @ForAll("texts") String key, @ForAll("texts") String custom)
      throws Exception {
    CompiledCallback callback = template(type).compile(TOKEN, Map.of("note", custom));

    Map<String, String> fields =
        fields(
            type, OssExpansion.body(callback.parameter(), Map.of("object", key, "x:note", custom)));

    assertThat(fields)
        .containsEntry("object", key)
        .containsEntry("x:note", custom)
        .containsEntry("grant", TOKEN);
    assertThat(OssExpansion.decode(callback.variableParameter()).get("x:note").asText())
        .isEqualTo(custom);
    assertThat(callback.variables()).containsExactly(Map.entry("x:note", custom));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .ofMaxLength(60)
            .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s)),
        Arbitraries.of(
            "\"", "\\", "${object}", "a&size=1", "a=b+c d%20", "照片\n", "</script>", "'"));
  }
}
