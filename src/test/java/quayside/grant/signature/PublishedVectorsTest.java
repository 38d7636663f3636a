package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that Alibaba's SDK tests and documentation print. */
class PublishedVectorsTest {

  static Stream<JsonNode> v4() {
    return Vectors.of("v4-published.json");
  }

  static Stream<JsonNode> v1() {
    return Vectors.of("v1-published.json");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("v4")
  void v4_signsAsPublished(JsonNode vector) {
    SignableRequest request =
        new SignableRequest(
            vector.get("method").asText(),
            vector.get("bucket").asText(),
            vector.get("key").asText(),
            Vectors.map(vector.get("query")),
            Vectors.map(vector.get("headers")));
    CredentialScope scope =
        new CredentialScope(
            Vectors.time(vector), vector.get("region").asText(), vector.get("product").asText());

    String canonical = SignatureV4.canonicalRequest(request, additionalHeaders(vector));
    String text = SignatureV4.stringToSign(scope, canonical);

    String name = vector.get("name").asText();
    assertThat(canonical).as(name).isEqualTo(vector.get("canonical_request").asText());
    assertThat(text).as(name).isEqualTo(vector.get("string_to_sign").asText());
    assertThat(SignatureV4.sign(scope, vector.get("access_key_secret").asText(), text))
        .as(name)
        .isEqualTo(vector.get("signature").asText());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("v1")
  void v1_signsAsPublished(JsonNode vector) {
    String secret = vector.get("access_key_secret").asText();

    String signature = SignatureV1.sign(secret, vector.get("string_to_sign").asText());

    assertThat(signature)
        .as(vector.get("name").asText())
        .isEqualTo(vector.get("signature").asText());
  }

  @Test
  void v1_buildsThePublishedStringsToSign() {
    SignableRequest put =
        new SignableRequest(
            "PUT",
            "examplebucket",
            "nelson",
            Map.of(),
            Map.of(
                "Content-MD5", "eB5eJF1ptWaXm4bijSPyxw==",
                "Content-Type", "text/html",
                "x-oss-meta-author", "alice",
                "x-oss-meta-magic", "abracadabra",
                "x-oss-date", "Wed, 28 Dec 2022 10:27:41 GMT"));
    SignableRequest get =
        new SignableRequest(
            "GET",
            "bucket",
            "key+123",
            Map.of("security-token", "token", "versionId", "versionId", "unsigned", "x"),
            Map.of());

    List<String> texts =
        List.of(
            SignatureV1.stringToSign(put, "Wed, 28 Dec 2022 10:27:41 GMT"),
            SignatureV1.stringToSign(get, "1699808204"));

    assertThat(texts)
        .containsExactly(published("sdk-v1-put-header"), published("sdk-v1-url-get-token"));
  }

  private static String published(String name) {
    return v1().filter(v -> v.get("name").asText().equals(name))
        .map(v -> v.get("string_to_sign").asText())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> additionalHeaders(JsonNode vector) {
    return StreamSupport.stream(vector.get("additional_headers").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
