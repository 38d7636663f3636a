package quayside.laptop.oss.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.signature.PolicyVerifierTest.code;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.laptop.oss.http.OssRequest;

/**
 * What must break a signature does, in each of the four ways to sign; time limits to the second.
 */
class RequestVerifierTest {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final String SCOPE = "local/20261122/cn-hangzhou/oss/aliyun_v4_request";
  final KeyRing keys =
      new KeyRing(
          List.of(new Credentials("local", "local-secret"), new Credentials("sts", "s", "token")));
  final RequestVerifier verifier =
      new RequestVerifier(keys, "cn-hangzhou", Clock.fixed(NOW, ZoneOffset.UTC));

  /** A request that is right; each part can be changed after signing. */
  static final class Signed {
    String method = "PUT";
    String key = "dir/a b+中.txt";
    final Map<String, String> query = new HashMap<>(Map.of("callback", "Y2I="));
    final Map<String, String> headers =
        new HashMap<>(Map.of("content-type", "text/plain", "x-oss-meta-owner", "u42"));

    OssRequest request() {
      return KnownAnswerTest.request(method, "uploads", key, query, headers);
    }

    static Signed v1Header() {
      return v1Header(NOW);
    }

    static Signed v1Header(Instant at) {
      var signed = new Signed();
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(at, ZoneOffset.UTC));
      signed.headers.put("date", date);
      String signature =
          SignatureV1.sign("local-secret", SignatureV1.stringToSign(signed.request(), date));
      signed.headers.put("authorization", "OSS local:" + signature);
      return signed;
    }

    static Signed v1Query(Instant expires) {
      var signed = new Signed();
      String seconds = Long.toString(expires.getEpochSecond());
      String signature =
          SignatureV1.sign("local-secret", SignatureV1.stringToSign(signed.request(), seconds));
      signed.query.putAll(
          Map.of("OSSAccessKeyId", "local", "Expires", seconds, "Signature", signature));
      return signed;
    }

    static Signed v4Header(Instant at) {
      var signed = new Signed();
      signed.headers.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
      signed.headers.put("x-oss-date", SignedTimes.basic(at));
      signed.headers.put("host", "127.0.0.1:9000");
      String signature = signed.v4Signature(List.of("host"), SignedTimes.basic(at));
      signed.headers.put(
          "authorization",
          "OSS4-HMAC-SHA256 Credential="
              + SCOPE
              + ",AdditionalHeaders=host,Signature="
              + signature);
      return signed;
    }

    static Signed v4Query(Instant at, long expiresSeconds) {
      var signed = new Signed();
      signed.query.put("x-oss-signature-version", "OSS4-HMAC-SHA256");
      signed.query.put("x-oss-credential", SCOPE);
      signed.query.put("x-oss-date", SignedTimes.basic(at));
      signed.query.put("x-oss-expires", Long.toString(expiresSeconds));
      signed.query.put("x-oss-signature", signed.v4Signature(List.of(), SignedTimes.basic(at)));
      return signed;
    }

    private String v4Signature(List<String> additional, String date) {
      CredentialScope scope = CredentialScope.parse(SCOPE);
      String canonical = SignatureV4.canonicalRequest(request(), additional);
      return SignatureV4.sign(
          "local-secret", scope, SignatureV4.stringToSign(date, scope, canonical));
    }
  }

  static Signed signed(String way) {
    return switch (way) {
      case "v1Header" -> Signed.v1Header();
      case "v1Query" -> Signed.v1Query(NOW.plusSeconds(60));
      case "v4Header" -> Signed.v4Header(NOW);
      case "v4Query" -> Signed.v4Query(NOW, 60);
      default -> throw new IllegalArgumentException(way);
    };
  }

  @ParameterizedTest
  @CsvSource({"v1Header", "v1Query", "v4Header", "v4Query"})
  void signedRequest_passes_andEveryChangedPartRefusesIt(String way) {
    assertThat(code(() -> verifier.verify(signed(way).request()))).isEqualTo("passes");

    Signed otherMethod = signed(way);
    otherMethod.method = "GET";
    Signed otherKey = signed(way);
    otherKey.key = "dir/a b 中.txt";
    Signed otherType = signed(way);
    otherType.headers.put("content-type", "text/html");
    Signed otherMeta = signed(way);
    otherMeta.headers.put("x-oss-meta-owner", "u43");
    Signed moreHeaders = signed(way);
    moreHeaders.headers.put("x-oss-callback", "Y2I=");
    Signed otherCallback = signed(way);
    otherCallback.query.put("callback", "b3RoZXI=");
    Signed moreQuery = signed(way);
    moreQuery.query.put("uploads", "");
    for (Signed changed :
        List.of(
            otherMethod, otherKey, otherType, otherMeta, moreHeaders, otherCallback, moreQuery)) {
      assertThat(code(() -> verifier.verify(changed.request())))
          .as("%s %s %s %s", changed.method, changed.key, changed.query, changed.headers)
          .isEqualTo("SignatureDoesNotMatch");
    }
  }

  @Test
  void v4AdditionalHeader_isSigned() {
    Signed changed = Signed.v4Header(NOW);
    changed.headers.put("host", "elsewhere");
    assertThat(code(() -> verifier.verify(changed.request()))).isEqualTo("SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @CsvSource({
    "-901, RequestTimeTooSkewed",
    "-900, passes",
    "900, passes",
    "901, RequestTimeTooSkewed"
  })
  void headerSignature_allowsFifteenMinutesOfSkew(long seconds, String expected) {
    assertThat(code(() -> verifier.verify(Signed.v1Header(NOW.plusSeconds(seconds)).request())))
        .isEqualTo(expected);
    assertThat(code(() -> verifier.verify(Signed.v4Header(NOW.plusSeconds(seconds)).request())))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-1, AccessDenied", "0, passes", "1, passes"})
  void v1PresignedUrl_expires(long seconds, String expected) {
    assertThat(code(() -> verifier.verify(Signed.v1Query(NOW.plusSeconds(seconds)).request())))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-61, 60, AccessDenied",
    "-60, 60, passes",
    "900, 60, passes",
    "901, 60, RequestTimeTooSkewed",
    "0, 604800, passes",
    "0, 604801, InvalidArgument",
    "0, 0, InvalidArgument"
  })
  void v4PresignedUrl_expires(long signedAt, long expires, String expected) {
    assertThat(
            code(() ->
                verifier.verify(Signed.v4Query(NOW.plusSeconds(signedAt), expires).request())))
        .isEqualTo(expected);
  }

  @Test
  void unsigned_unknownAndMixedRequests_areRefusedEachByItsOwnCode() {
    assertThat(code(() -> verifier.verify(new Signed().request()))).isEqualTo("AccessDenied");

    Signed unknown = Signed.v1Header();
    unknown.headers.put("authorization", "OSS nobody:c2ln");
    assertThat(code(() -> verifier.verify(unknown.request()))).isEqualTo("InvalidAccessKeyId");

    Signed both = Signed.v1Header();
    both.query.putAll(Signed.v1Query(NOW.plusSeconds(60)).query);
    assertThat(code(() -> verifier.verify(both.request()))).isEqualTo("InvalidArgument");

    Signed otherRegion = Signed.v4Header(NOW);
    otherRegion.headers.compute("authorization", (n, v) -> v.replace("cn-hangzhou", "cn-beijing"));
    assertThat(code(() -> verifier.verify(otherRegion.request()))).isEqualTo("InvalidArgument");

    Signed signedPayload = Signed.v4Header(NOW);
    signedPayload.headers.put("x-oss-content-sha256", "e3b0c442");
    assertThat(code(() -> verifier.verify(signedPayload.request()))).isEqualTo("InvalidArgument");
  }

  @Test
  void lastingCredential_mayNotCarryAToken() {
    Signed stranger = Signed.v1Header();
    stranger.headers.put("x-oss-security-token", "made up");
    assertThat(code(() -> verifier.verify(stranger.request()))).isEqualTo("InvalidSecurityToken");
  }

  /** Flipping any one character of a signature must refuse; 400 seeded draws over all ways. */
  @Test
  void oneChangedCharacterOfTheSignature_isRefused() {
    var random = new Random(20261122);
    for (int i = 0; i < 400; i++) {
      Signed changed = signed(List.of("v1Header", "v1Query", "v4Header", "v4Query").get(i % 4));
      for (Map<String, String> part : List.of(changed.headers, changed.query)) {
        for (String name : List.of("authorization", "Signature", "x-oss-signature")) {
          part.computeIfPresent(name, (n, value) -> flip(value, random));
        }
      }
      assertThat(code(() -> verifier.verify(changed.request()))).isNotEqualTo("passes");
    }
  }

  private static String flip(String value, Random random) {
    int at = value.length() - 1 - random.nextInt(25);
    char other = value.charAt(at) == 'a' ? 'b' : 'a';
    return value.substring(0, at) + other + value.substring(at + 1);
  }

  @Test
  void credentials_hideTheSecret() {
    assertThat(new Credentials("id", "very-secret").toString()).doesNotContain("very-secret");
  }
}
