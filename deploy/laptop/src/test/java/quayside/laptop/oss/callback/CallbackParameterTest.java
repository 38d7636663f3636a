package quayside.laptop.oss.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.laptop.oss.http.OssException;

/** Every way a callback parameter can be wrong, with the code OSS gives it; and what is right. */
class CallbackParameterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"callbackUrl\":\"http://h/\" | -",
        "[] | -",
        "\"text\" | -",
        "{\"callbackUrl\":\"http://h/\",\"callbackBody\":\"a\"} trailing | -",
        "{\"callbackUrl\":5,\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"www.callback-example.com:test\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h:0/\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h:65536/\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://[::1]:8080/\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"ftp://h/\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h/中\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h/%zz\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h/a b\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://u:p@h/\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"http://h/\\r\\nX: y\",\"callbackBody\":\"a\"} | 0007-00000004",
        "{\"callbackUrl\":\"h1;h2;h3;h4;h5;h6\",\"callbackBody\":\"a\"} | 0007-00000005",
        "{\"callbackUrl\":\"h\",\"callbackHost\":[1],\"callbackBody\":\"a\"} | 0007-00000009",
        "{\"callbackUrl\":\"h\",\"callbackHost\":\"a b\",\"callbackBody\":\"a\"} | 0007-00000009",
        "{\"callbackUrl\":\"h\",\"callbackHost\":\"a\\r\\nX: y\",\"callbackBody\":\"a\"} | 0007-00000009",
        "{\"callbackUrl\":\"h\"} | 0007-00000011",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"\"} | 0007-00000011",
        "{\"callbackUrl\":\"h\",\"callbackBody\":[1]} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"$(object)\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"${nothing}\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"${Bucket}\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"${x:}\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a${object\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"callbackBodyType\":123} | 0007-00000012",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"callbackBodyType\":\"image/jpg\"} | 0007-00000012",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"callbackSNI\":\"yes\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"signatureVersion\":\"3.0\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"signatureVersion\":\"2.0\"} | -",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"signatureVersion\":\"2.0\",\"additionalHeaders\":{\"x-oss-a\":\"b\"}} | 0007-00000026",
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"a\",\"additionalHeaders\":{\"key1\":\"b\"}} | 0007-00000026",
        "{\"callbackPolicy\":\"name\"} | -",
      })
  void badParameter_isRefusedWithItsCode(String json, String ec) {
    OssException refusal = refusal(() -> CallbackParameter.parse(base64(json)));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("InvalidArgument");
    assertThat(refusal.details().getOrDefault("EC", "-")).isEqualTo(ec);
    assertThat(refusal.details()).containsEntry("ArgumentName", "callback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x123-*&", "e30", "e30=\n", "eyJ9_-==", "{}"})
  void parameterThatIsNotStandardBase64_isRefused(String encoded) {
    assertThat(refusal(() -> CallbackParameter.parse(encoded)).details())
        .containsEntry("EC", "0007-00000002");
  }

  @Test
  void jsonMustBeUtf8() {
    byte[] latin1 =
        "{\"callbackUrl\":\"h\",\"callbackBody\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    String encoded = Base64.getEncoder().encodeToString(latin1);
    assertThat(refusal(() -> CallbackParameter.parse(encoded)).getMessage()).contains("not json");
  }

  @Test
  void lengthIsCountedOnTheBase64Text_5120CharactersAtMost() {
    String fits =
        base64("{\"callbackUrl\":\"h\",\"callbackBody\":\"" + "a".repeat(3840 - 37) + "\"}");
    assertThat(fits).hasSize(5120);
    assertThat(CallbackParameter.parse(fits)).isPresent();
    assertThat(refusal(() -> CallbackParameter.parse(fits + "e30=")).details())
        .containsEntry("EC", "0007-00000001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"callbackUrl\":\"\",\"callbackBody\":\"a\"}",
        "{\"callbackUrl\":\" ; \"}"
      })
  void parameterWithoutUrl_meansNoCallback(String json) {
    assertThat(CallbackParameter.parse(base64(json))).isEmpty();
  }

  @Test
  void defaults_areFormBodyOwnHostAndNoSni() {
    CallbackParameter parameter =
        CallbackParameter.parse(
                base64(
                    "{\"callbackUrl\":\"121.43.113.8:23456/index.html\",\"callbackBody\":\"a\"}"))
            .orElseThrow();
    assertThat(parameter.targets())
        .containsExactly(new CallbackTarget(false, "121.43.113.8", 23456, "/index.html", ""));
    assertThat(parameter.bodyType()).isEqualTo(BodyType.FORM);
    assertThat(parameter.host()).isEmpty();
    assertThat(parameter.sni()).isFalse();
  }

  @Test
  void urls_keepTheirPathAndQueryUntouched() {
    assertThat(CallbackTarget.parse("HTTPS://app.example.com/a%2Fb+c?t=%20&x=a+b?y"))
        .isEqualTo(new CallbackTarget(true, "app.example.com", 443, "/a%2Fb+c", "t=%20&x=a+b?y"));
    assertThat(CallbackTarget.parse("http://h?id=1"))
        .isEqualTo(new CallbackTarget(false, "h", 80, "/", "id=1"));
    assertThat(CallbackTarget.parse("http://h/p?").requestTarget()).isEqualTo("/p");
    assertThat(CallbackTarget.parse("http://h/p?secret=1").toString()).doesNotContain("secret");
  }

  @Test
  void fiveUrls_areTheMost_andATrailingSemicolonIsNone() {
    var parameter =
        CallbackParameter.parse(base64("{\"callbackUrl\":\"a;b;c;d;e;\",\"callbackBody\":\"x\"}"));
    assertThat(parameter.orElseThrow().targets())
        .extracting(CallbackTarget::host)
        .isEqualTo(List.of("a", "b", "c", "d", "e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1"
      })
  void privateAddresses_areAlwaysRefused(String host) {
    var target = CallbackTarget.parse("http://" + host + "/");
    for (boolean publicOnly : new boolean[] {true, false}) {
      assertThat(refusal(() -> new TargetPolicy(publicOnly).resolve(target)).details())
          .containsEntry("EC", "0007-00000008");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1"})
  void loopback_isAllowedOnALaptop_andRefusedAsTheRealServiceDoes(String host) {
    var target = CallbackTarget.parse("http://" + host + "/");
    assertThat(new TargetPolicy(false).resolve(target))
        .hasValueSatisfying(a -> assertThat(a.isLoopbackAddress()).isTrue());
    assertThat(refusal(() -> new TargetPolicy(true).resolve(target)).details())
        .containsEntry("EC", "0007-00000008");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.63.0.1", "172.32.0.1"})
  void publicAddresses_areAllowed(String host) {
    assertThat(new TargetPolicy(true).resolve(CallbackTarget.parse(host))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[] | -",
        "{\"uid\":\"1\"} | -",
        "{\"x:UID\":\"1\"} | -",
        "{\"x:\":\"1\"} | -",
        "{\"x:a\":{}} | -",
        "{\"x:a\":null} | -",
        "{\"x:a\":\"q\"\"} | -"
      })
  void badVariables_areRefused(String json, String ec) {
    OssException refusal = refusal(() -> CustomVariables.parse(base64(json)));
    assertThat(refusal.details().getOrDefault("EC", "-")).isEqualTo(ec);
    assertThat(refusal.details()).containsEntry("ArgumentName", "callback-var");
  }

  @Test
  void variables_tooLongOrNotBase64_areRefused() {
    assertThat(refusal(() -> CustomVariables.parse("e30=".repeat(1281))).details())
        .containsEntry("EC", "0007-00000101");
    assertThat(refusal(() -> CustomVariables.parse("***")).getMessage()).contains("not base64");
  }

  /**
   * The V1 SDK writes blanks before commas, ali-oss a bare number in presigned URLs, a Java test
   * uses Chinese names.
   */
  @Test
  void variables_ofRealSdks_areAccepted() {
    CustomVariables variables =
        CustomVariables.parse(
            base64("{\"x:uid\":42 ,\"x:my_var\":\"value 1 中文&b\" ,\"x:变量\":\"v\" }"));
    assertThat(variables.value("x:uid")).isEqualTo(new Value.Text("42"));
    assertThat(variables.value("x:my_var")).isEqualTo(new Value.Text("value 1 中文&b"));
    assertThat(variables.value("x:变量")).isEqualTo(new Value.Text("v"));
    assertThat(variables.value("x:other")).isEqualTo(Value.UNSET);
  }

  private static OssException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    OssException refusal = catchThrowableOfType(OssException.class, call);
    assertThat(Optional.ofNullable(refusal)).as("a refusal").isPresent();
    return refusal;
  }

  static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
