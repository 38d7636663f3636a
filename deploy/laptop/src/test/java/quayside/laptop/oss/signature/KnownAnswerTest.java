package quayside.laptop.oss.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.laptop.oss.http.Address;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.Query;

/**
 * Published and derived signing values: what an official client computes is what the verifier
 * computes.
 */
class KnownAnswerTest {

  static JsonNode file(String name) throws IOException {
    try (InputStream json = KnownAnswerTest.class.getResourceAsStream("/oss/grants/" + name)) {
      return new ObjectMapper().readTree(json);
    }
  }

  static Stream<JsonNode> vectors(String name) throws IOException {
    return StreamSupport.stream(file(name).get("vectors").spliterator(), false);
  }

  static Stream<JsonNode> v4() throws IOException {
    return vectors("v4-published.json");
  }

  static Stream<JsonNode> v1() throws IOException {
    return vectors("v1-published.json");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("v4")
  void v4_publishedValueIsReproduced(JsonNode vector) {
    OssRequest request =
        request(
            vector.get("method").asText(),
            vector.get("bucket").asText(),
            vector.get("key").asText(),
            texts(vector.get("query")),
            texts(vector.get("headers")));
    var scope =
        new CredentialScope(
            "ak",
            vector.get("time").asText().substring(0, 8),
            vector.get("region").asText(),
            vector.get("product").asText());
    var additional = new ArrayList<String>();
    vector
        .get("additional_headers")
        .forEach(h -> additional.add(h.asText().toLowerCase(Locale.ROOT)));

    String canonical = SignatureV4.canonicalRequest(request, additional);
    String stringToSign = SignatureV4.stringToSign(vector.get("time").asText(), scope, canonical);

    assertThat(canonical).isEqualTo(vector.get("canonical_request").asText());
    assertThat(stringToSign).isEqualTo(vector.get("string_to_sign").asText());
    assertThat(SignatureV4.sign("sk", scope, stringToSign))
        .isEqualTo(vector.get("signature").asText());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("v1")
  void v1_publishedValueIsReproduced(JsonNode vector) {
    String computed =
        SignatureV1.sign(
            vector.get("access_key_secret").asText(), vector.get("string_to_sign").asText());
    assertThat(computed).isEqualTo(vector.get("signature").asText());
  }

  @Test
  void v1_headerStringToSign_holdsOssHeadersSorted() {
    OssRequest request =
        request(
            "PUT",
            "examplebucket",
            "nelson",
            Map.of(),
            Map.of(
                "content-md5", "eB5eJF1ptWaXm4bijSPyxw==",
                "content-type", "text/html",
                "x-oss-date", "Wed, 28 Dec 2022 10:27:41 GMT",
                "x-oss-meta-magic", "abracadabra",
                "x-oss-meta-author", "alice"));
    assertThat(SignatureV1.stringToSign(request, "Wed, 28 Dec 2022 10:27:41 GMT"))
        .isEqualTo(
            "PUT\neB5eJF1ptWaXm4bijSPyxw==\ntext/html\nWed, 28 Dec 2022 10:27:41 GMT\n"
                + "x-oss-date:Wed, 28 Dec 2022 10:27:41 GMT\nx-oss-meta-author:alice\nx-oss-meta-magic:abracadabra\n"
                + "/examplebucket/nelson");
  }

  @Test
  void v1_queryStringToSign_holdsRawSubResources() {
    OssRequest request =
        request(
            "GET",
            "bucket",
            "key+123",
            Map.of("security-token", "token", "versionId", "versionId", "prefix", "no"),
            Map.of());
    assertThat(SignatureV1.stringToSign(request, "1699808204"))
        .isEqualTo("GET\n\n\n1699808204\n/bucket/key+123?security-token=token&versionId=versionId");
  }

  @Test
  void presignedPutWithCallbackInTheQuery_isReproducedInBothVersions() throws IOException {
    JsonNode all = file("derived-with-callback.json");
    for (String name : List.of("presign-put-v4-callback-in-query", "presign-put-v4-awkward")) {
      JsonNode vector = named(all, name);
      OssRequest request =
          request(
              "PUT",
              "bucket",
              key(all, vector),
              texts(vector.get("query")),
              texts(vector.get("headers")));
      var scope = new CredentialScope("ak", "20231217", "cn-hangzhou", "oss");
      String canonical = SignatureV4.canonicalRequest(request, List.of());
      assertThat(canonical).isEqualTo(vector.get("canonical_request").asText());
      String stringToSign = SignatureV4.stringToSign("20231217T025437Z", scope, canonical);
      assertThat(SignatureV4.sign("sk", scope, stringToSign))
          .isEqualTo(vector.get("signature").asText());
    }
    for (String name : List.of("presign-put-v1-callback-in-query", "presign-put-v1-awkward")) {
      JsonNode vector = named(all, name);
      Map<String, String> query =
          new HashMap<>(Map.of("callback", all.get("callback_b64").asText()));
      query.put("callback-var", all.get("callback_var_b64").asText());
      if (name.endsWith("awkward")) {
        query =
            Map.of(
                "callback",
                named(all, "presign-put-v4-awkward").get("query").get("callback").asText());
      }
      Map<String, String> headers =
          name.endsWith("awkward") ? Map.of() : Map.of("content-type", "image/png");
      String stringToSign =
          SignatureV1.stringToSign(
              request("PUT", "bucket", key(all, vector), query, withTypeOf(vector, headers)),
              vector.get("expires").asText());
      assertThat(stringToSign).isEqualTo(vector.get("string_to_sign").asText());
      assertThat(SignatureV1.sign("sk", stringToSign)).isEqualTo(vector.get("signature").asText());
    }
  }

  @Test
  void putWithCallbackHeader_isReproduced() throws IOException {
    JsonNode all = file("derived-with-callback.json");
    JsonNode vector = named(all, "put-v4-header-callback");
    OssRequest request =
        request(
            "PUT",
            "bucket",
            all.get("key").asText(),
            Map.of(),
            Map.of(
                "content-type", "image/png",
                "x-oss-callback", all.get("callback_b64").asText(),
                "x-oss-callback-var", all.get("callback_var_b64").asText(),
                "x-oss-content-sha256", "UNSIGNED-PAYLOAD",
                "x-oss-date", "20231217T025437Z"));
    String canonical = SignatureV4.canonicalRequest(request, List.of());
    assertThat(canonical).isEqualTo(vector.get("canonical_request").asText());
  }

  @Test
  void postPolicies_verifyInBothVersions_andNotOnceChanged() throws IOException {
    JsonNode all = file("derived-with-callback.json");
    var keys = new KeyRing(List.of(new Credentials("ak", "sk")));
    var verifier =
        new PolicyVerifier(
            keys,
            "cn-hangzhou",
            Clock.fixed(Instant.parse("2023-12-17T02:54:37Z"), ZoneOffset.UTC));
    for (String name : List.of("post-object-v4", "post-object-v1")) {
      var form = new HashMap<String, String>();
      texts(named(all, name).get("form"))
          .forEach((field, value) -> form.put(field.toLowerCase(Locale.ROOT), value));
      form.put("bucket", "bucket");
      verifier.verify(form);

      form.put("policy", form.get("policy").replaceFirst("^e", "f"));
      assertThat(PolicyVerifierTest.code(() -> verifier.verify(form)))
          .isEqualTo("SignatureDoesNotMatch");
    }
  }

  private static Map<String, String> withTypeOf(JsonNode vector, Map<String, String> headers) {
    return vector.get("string_to_sign").asText().split("\n", -1)[2].isEmpty()
        ? headers
        : Map.of("content-type", vector.get("string_to_sign").asText().split("\n", -1)[2]);
  }

  private static String key(JsonNode all, JsonNode vector) {
    return vector.has("key") ? vector.get("key").asText() : all.get("key").asText();
  }

  private static JsonNode named(JsonNode all, String name) {
    return StreamSupport.stream(all.get("vectors").spliterator(), false)
        .filter(v -> v.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> texts(JsonNode node) {
    var texts = new HashMap<String, String>();
    node.properties().forEach(p -> texts.put(p.getKey(), p.getValue().asText()));
    return texts;
  }

  static OssRequest request(
      String method,
      String bucket,
      String key,
      Map<String, String> query,
      Map<String, String> headers) {
    var parameters = new ArrayList<Query.Parameter>();
    query.forEach((name, value) -> parameters.add(new Query.Parameter(name, value)));
    var lower = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new OssRequest(
        method,
        "127.0.0.1",
        new Address(bucket, key),
        new Query(parameters),
        lower,
        InputStream.nullInputStream(),
        0,
        "127.0.0.1",
        "000000000000000000000000");
  }
}
