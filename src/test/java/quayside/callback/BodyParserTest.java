package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.signature.Bytes;

/** Bodies as templates really expand, and as nobody should send them. */
class BodyParserTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  @Test
  void form_isDecodedOnce() {
    assertThat(values("object=a%2Fb%20c+d%2Be%253F&%78=1&empty=&flag", FORM))
        .containsExactly(
            Map.entry("object", "a/b c d+e%3F"),
            Map.entry("x", "1"),
            Map.entry("empty", ""),
            Map.entry("flag", ""));
  }

  /** An event with half of a surrogate pair in its key would be another one for each reader. */
  @Test
  void halfOfASurrogatePair_isNotUsable() {
    CallbackBody body =
        parse("{\"a\":\"\\ud83d\\ude00\",\"b\":\"x\\ud83d\",\"c\":\"\\ude00\"}", null);

    assertThat(body.fields().get("a").usable()).isTrue();
    assertThat(body.fields().get("b").usable()).isFalse();
    assertThat(body.fields().get("c").usable()).isFalse();
    assertThat(values(body)).containsEntry("b", "x\uFFFD").containsEntry("c", "\uFFFD");
  }

  /** An event with such a name is acknowledged and then read by nobody. */
  @Test
  void halfOfASurrogatePairInAName_isReplaced() {
    CallbackBody body = parse("{\"a\\ud800b\":\"1\",\"\\ud83d\\ude00\":\"2\"}", null);

    assertThat(values(body)).containsEntry("a\uFFFDb", "1").containsEntry("\ud83d\ude00", "2");
    assertThat(body.defects()).containsExactly(BodyDefect.INVALID_UTF8);
  }

  /** Anybody can have OSS sign a body: none may keep a thread busy. */
  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void bodyOfSeparators_takesLinearTime() {
    assertThat(values("&".repeat(4 << 20) + "a=1", FORM)).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void json_keepsDigitsAndText() {
    assertThat(
            values(
                "{\"a\":\"x\\u00e9\\n\",\"b\":18446744073709551615,\"c\":1.50,\"d\":true,\"e\":null,\"f\":\"\"}",
                JSON))
        .containsExactly(
            Map.entry("a", "xé\n"),
            Map.entry("b", "18446744073709551615"),
            Map.entry("c", "1.50"),
            Map.entry("d", "true"),
            Map.entry("f", ""));
  }

  @Test
  void nestedJson_isKeptAsCompactText() {
    assertThat(values("{\"a\": {\"b\" : [1, \"2\", null]}, \"c\": [ ]}", JSON))
        .containsExactly(Map.entry("a", "{\"b\":[1,\"2\",null]}"), Map.entry("c", "[]"));
  }

  /**
   * Seen in the wild: a form template expanded under JSON rules. Nothing in it is percent-encoded.
   */
  @Test
  void formExpandedUnderJsonRules_losesItsQuotationMarks() {
    CallbackBody body = parse("object=\"a%2F+&b=\\\"c\\\".png\"&size=5&vpcId=null&x=\"\"", null);

    assertThat(values(body))
        .containsExactly(
            Map.entry("object", "a%2F+&b=\"c\".png"), Map.entry("size", "5"), Map.entry("x", ""));
    assertThat(body.defects()).isEmpty();
  }

  /** The same with Content-Type form: the marks are the template's, the text inside is encoded. */
  @Test
  void quotedFormValue_isDecodedInside() {
    assertThat(values("object=\"a%2Fb.png\"&v=null&w=%22x%22", FORM))
        .containsExactly(
            Map.entry("object", "a/b.png"), Map.entry("v", "null"), Map.entry("w", "\"x\""));
  }

  @Test
  void brokenQuotedValue_isKeptButNotUsed() {
    CallbackBody body = parse("a=\"x\\q\"&b=\"unclosed&c=1", null);

    assertThat(body.fields().get("a")).isEqualTo(BodyField.verbatim("\"x\\q\""));
    assertThat(body.fields().get("c")).isEqualTo(BodyField.usable("1"));
    assertThat(body.defects()).contains(BodyDefect.MALFORMED_JSON);
  }

  @Test
  void missingJsonValue_isNull() {
    CallbackBody body = parse("{\"object\":\"a:,}\\\"\",\"width\":,\"height\": }", JSON);

    assertThat(body.fields().get("object")).isEqualTo(BodyField.usable("a:,}\""));
    assertThat(body.fields()).containsOnlyKeys("object", CallbackBody.RAW);
    assertThat(body.defects()).containsExactly(BodyDefect.MALFORMED_JSON);
  }

  /**
   * A quotation mark in a key that the template quoted itself: taking "a" for the key would be a
   * guess.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"bucket\":\"b\",\"object\":\"a\"b.png\",\"size\":1}",
        "{\"bucket\":\"b\",\"object\":\"a\",\"b.png\",\"size\":1}",
        "{\"bucket\":\"b\",\"object\":\"a",
        "{\"bucket\":\"b\",\"object\":a.png,\"size\":1}",
        "{\"bucket\":\"b\",\"object\":\"a\\x\",\"size\":1}"
      })
  void malformedJson_givesOnlyWhatIsCertain(String json) {
    CallbackBody body = parse(json, JSON);

    assertThat(body.fields()).doesNotContainKeys("object", "size");
    assertThat(body.fields().get(CallbackBody.RAW)).isEqualTo(BodyField.verbatim(json));
    assertThat(body.defects()).containsExactly(BodyDefect.MALFORMED_JSON);
  }

  @Test
  void controlCharactersInStrings_areLetThrough() {
    assertThat(values("{\"object\":\"a\u0001\tb\nc\"}", JSON))
        .containsExactly(Map.entry("object", "a\u0001\tb\nc"));
  }

  @Test
  void halfASurrogatePair_isNoText() {
    CallbackBody body = parse("{\"object\":\"a\\ud800\"}", JSON);

    assertThat(body.fields().get("object").usable()).isFalse();
    assertThat(body.defects()).containsExactly(BodyDefect.INVALID_UTF8);
  }

  @Test
  void invalidUtf8_spoilsOnlyTheValuesConcerned() {
    byte[] json = "{\"object\":\"a?\",\"size\":1}".getBytes(StandardCharsets.US_ASCII);
    json[12] = (byte) 0xFF;

    CallbackBody body = new BodyParser().parse(Bytes.copyOf(json), JSON);

    assertThat(body.fields().get("object").usable()).isFalse();
    assertThat(body.fields().get("size")).isEqualTo(BodyField.usable("1"));
    assertThat(body.defects()).containsExactly(BodyDefect.INVALID_UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "a%2", "%", "%zz", "%C3", "%C0%80", "%ED%A0%80"})
  void formValueThatIsNoText_isKeptAsReceived(String value) {
    CallbackBody body = parse("object=" + value, FORM);

    assertThat(body.fields().get("object")).isEqualTo(BodyField.verbatim(value));
    assertThat(body.defects()).containsExactly(BodyDefect.INVALID_UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "中文说明", "[1,2]", "\"text\"", "null", "12", "[\"a=b\"]"})
  void textThatIsNeither_isKeptRaw(String text) {
    CallbackBody body = parse(text, JSON);

    assertThat(body.fields())
        .containsExactly(Map.entry(CallbackBody.RAW, BodyField.verbatim(text)));
    assertThat(body.defects()).containsExactly(BodyDefect.OPAQUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n", "\uFEFF"})
  void nothing_isEmpty(String text) {
    assertThat(parse(text, null).fields()).isEmpty();
    assertThat(parse(text, null).defects()).containsExactly(BodyDefect.EMPTY);
  }

  @Test
  void byteOrderMark_isSkipped() {
    assertThat(values("\uFEFF{\"a\":1}", JSON)).containsExactly(Map.entry("a", "1"));
  }

  /** Content-Type is not signed. */
  @Test
  void contentTypeThatContradicts_changesNothing() {
    CallbackBody json = parse("{\"object\":\"a=b&c\"}", FORM);
    CallbackBody form = parse("object=a", JSON);

    assertThat(values(json)).containsExactly(Map.entry("object", "a=b&c"));
    assertThat(values(form)).containsExactly(Map.entry("object", "a"));
    assertThat(json.defects()).containsExactly(BodyDefect.CONTENT_TYPE_CONTRADICTS);
    assertThat(form.defects()).containsExactly(BodyDefect.CONTENT_TYPE_CONTRADICTS);
  }

  @Test
  void formThatLooksLikeJson_isReadAsDeclared() {
    assertThat(values("{x=1&y=2", FORM)).containsExactly(Map.entry("{x", "1"), Map.entry("y", "2"));
  }

  /** A template that was percent-encoded before OSS got it. */
  @Test
  void unexpandedVariable_isNotUsed() {
    CallbackBody body = parse("object=%24%7Bobject%7D&size=5", FORM);

    assertThat(body.fields().get("object")).isEqualTo(BodyField.verbatim("${object}"));
    assertThat(body.defects()).containsExactly(BodyDefect.UNEXPANDED_VARIABLE);
  }

  @Test
  void moreFieldsThanAnEventCarries_areLeftOut() {
    StringBuilder form = new StringBuilder("object=a");
    for (int i = 0; i < 1000; i++) {
      form.append("&f").append(i).append("=1");
    }

    CallbackBody body = parse(form.toString(), FORM);

    assertThat(body.fields()).hasSize(BodyFields.MAX_FIELDS).containsKey("object");
    assertThat(body.defects()).containsExactly(BodyDefect.TOO_MUCH);
  }

  @Test
  void longerFieldsThanAnEventCarries_areLeftOut() {
    CallbackBody body =
        parse("object=a&long=" + "x".repeat(BodyFields.MAX_TOTAL_LENGTH) + "&size=1", FORM);

    assertThat(values(body)).containsExactly(Map.entry("object", "a"), Map.entry("size", "1"));
    assertThat(body.defects()).containsExactly(BodyDefect.TOO_MUCH);
  }

  /** Hostile nesting must not exhaust the stack. */
  @Test
  void deepNesting_isMalformed() {
    CallbackBody body =
        parse(
            "{\"object\":\"a\",\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", JSON);

    assertThat(body.defects()).containsExactly(BodyDefect.MALFORMED_JSON);
    assertThat(body.fields().get(CallbackBody.RAW).value()).hasSize(CallbackBody.RAW_LENGTH);
  }

  private static CallbackBody parse(String body, @Nullable String contentType) {
    return new BodyParser().parse(Bytes.utf8(body), contentType);
  }

  private static Map<String, String> values(String body, @Nullable String contentType) {
    return values(parse(body, contentType));
  }

  private static Map<String, String> values(CallbackBody body) {
    Map<String, String> values = new LinkedHashMap<>();
    body.fields().forEach((name, field) -> values.put(name, field.value()));
    return values;
  }
}
