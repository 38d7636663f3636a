package quayside.grant.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTemplateTest {
  private static final String TOKEN = "q1.k1.AbC_-9.xyz";

  @ParameterizedTest
  @EnumSource(BodyType.class)
  void body_carriesEverythingUnderTheNamesTheIngressKnows(BodyType type) throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    for (SystemVariable variable : SystemVariable.values()) {
      values.put(variable.variableName(), "42");
    }
    values.put("x:user", "alice");

    CompiledCallback callback = template(type).compile(TOKEN, Map.of("user", "alice"));

    Map<String, String> expected = new HashMap<>(values);
    expected.put("grant", TOKEN);
    assertThat(fields(type, OssExpansion.body(callback.parameter(), values))).isEqualTo(expected);
  }

  @Test
  void notSetVariables_areLegalInBothForms() throws Exception {
    CompiledCallback form = template(BodyType.FORM).compile(TOKEN, Map.of());
    CompiledCallback json = template(BodyType.JSON).compile(TOKEN, Map.of());

    assertThat(fields(BodyType.FORM, OssExpansion.body(form.parameter(), Map.of())))
        .containsEntry("vpcId", "");
    assertThat(fields(BodyType.JSON, OssExpansion.body(json.parameter(), Map.of())))
        .containsEntry("vpcId", "null");
    assertThat(form.variableParameter()).isEmpty();
  }

  @Test
  void target_isWrittenAsOssWantsIt() throws Exception {
    CallbackTarget target =
        new CallbackTarget(
            List.of(
                URI.create("https://a.example.com/oss/callback"),
                URI.create("http://b.example.com:8080/cb?x=1")),
            Optional.of("a.example.com"));

    JsonNode callback =
        OssExpansion.decode(
            new CallbackTemplate(target, BodyType.JSON, variables())
                .compile(TOKEN, Map.of())
                .parameter());

    assertThat(callback.get("callbackUrl").asText())
        .isEqualTo("https://a.example.com/oss/callback;http://b.example.com:8080/cb?x=1");
    assertThat(callback.get("callbackHost").asText()).isEqualTo("a.example.com");
    assertThat(callback.get("callbackBodyType").asText()).isEqualTo("application/json");
    assertThat(callback.get("callbackSNI").isBoolean()).isTrue();
    assertThat(callback.get("callbackSNI").booleanValue()).isTrue();
  }

  @Test
  void serverName_isNotAskedForWithoutTls() throws Exception {
    assertThat(
            OssExpansion.decode(template(BodyType.FORM).compile(TOKEN, Map.of()).parameter())
                .has("callbackSNI"))
        .isFalse();
  }

  @Test
  void longToken_stillFits() throws Exception {
    assertThat(template(BodyType.JSON).compile("A".repeat(3100), Map.of("user", "x")).parameter())
        .hasSizeLessThanOrEqualTo(CallbackTemplate.MAX_PARAMETER_LENGTH);
  }

  @Test
  void tooLongParameters_areRefused() {
    CallbackTemplate template = template(BodyType.FORM);

    assertThatThrownBy(() -> template.compile("A".repeat(4000), Map.of()))
        .isInstanceOf(CallbackTooLongException.class)
        .hasMessageStartingWith("callback would have");
    assertThatThrownBy(() -> template.compile(TOKEN, Map.of("note", "x".repeat(4000))))
        .isInstanceOf(CallbackTooLongException.class)
        .hasMessageMatching("callback-var would have \\d+ characters; OSS takes at most 5120");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X", "a b", "a\"", "a=b", "1a", "${x}", "中"})
  void variableNames_thatNeedEscaping_areRefused(String name) {
    assertThat(CallbackTemplate.isVariableName(name)).isFalse();
    assertThatThrownBy(() -> template(BodyType.FORM).compile(TOKEN, Map.of(name, "v")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a&b", "${object}", ""})
  void tokens_thatNeedEscaping_areRefused(String token) {
    assertThatThrownBy(() -> template(BodyType.FORM).compile(token, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/", "//example.com/", "example.com/cb", "http://u:p@example.com/",
            "http://example.com/#f",
        "http://[::1]/cb", "http://example.com/a;b", "http://example.com/照",
            "http://example.com/a%20b", "http://example.com/a+b"
      })
  void urls_thatOssWouldNotCall_areRefused(String url) {
    assertThatThrownBy(() -> new CallbackTarget(List.of(URI.create(url)), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("callback URL");
  }

  static CallbackTemplate template(BodyType type) {
    CallbackTarget target =
        new CallbackTarget(
            List.of(URI.create("http://app.example.com/oss/callback")), Optional.empty());
    return new CallbackTemplate(target, type, variables());
  }

  private static LinkedHashSet<SystemVariable> variables() {
    return new LinkedHashSet<>(Set.of(SystemVariable.values()));
  }

  static Map<String, String> fields(BodyType type, String body) throws Exception {
    Map<String, String> fields = new HashMap<>();
    if (type == BodyType.JSON) {
      new ObjectMapper()
          .readTree(body)
          .properties()
          .forEach(p -> fields.put(p.getKey(), p.getValue().asText()));
    } else {
      for (String pair : body.split("&")) {
        String[] parts = pair.split("=", -1);
        assertThat(parts).as(pair).hasSize(2);
        fields.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }
}
