package quayside.operate.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.operate.explain.Accidents.base64;
import static quayside.operate.explain.Accidents.sent;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.callback.TestSigner;
import quayside.signature.KeyRing;
import quayside.signature.SignatureRefusal;

/** Each known accident, made to happen to a signed callback, is named, and nothing else is. */
class AccidentsTest {
  private static final String PATH = "/oss/callback";
  private static final String FORM =
      "bucket=uploads&object=a%2Fb%20c.txt&size=5&mimeType=text%2Fplain";
  private static final String JSON =
      "{\"bucket\":\"uploads\",\"object\":\"a/b.txt\",\"size\":5,\"vpcId\":null}";

  static Stream<Arguments> pathAccidents() {
    return Stream.of(
        expect(Accident.PATH_PREFIX_STRIPPED, sent(PATH, FORM).arrivedAt("/callback")),
        expect(Accident.PATH_PREFIX_STRIPPED, sent(PATH, FORM).arrivedAt("/")),
        expect(Accident.PATH_PREFIX_STRIPPED, sent("/api/oss/callback", FORM).arrivedAt(PATH)),
        expect(
            Accident.PATH_PREFIX_STRIPPED,
            sent("/gate7/x", FORM).arrivedAt("/x").header("X-Forwarded-Prefix", "/gate7")),
        expect(Accident.PATH_PREFIX_ADDED, sent(PATH, FORM).arrivedAt("/internal/v2" + PATH)),
        expect(
            Accident.PATH_REPLACED,
            sent("/shop/uploaded", FORM)
                .arrivedAt("/x")
                .header("X-Original-URI", "/shop/uploaded")),
        expect(Accident.PATH_DECODED, sent("/a%41", "/a%2541", FORM).arrivedAt("/a%41")),
        expect(Accident.PATH_ENCODED, sent("/a b", "/a%20b", FORM).arrivedAt("/a%2520b")),
        expect(Accident.PATH_PLUS_DECODED, sent("/a+b", "/a+b", FORM).arrivedAt("/a%20b")),
        expect(Accident.PATH_PLUS_DECODED, sent("/a b", "/a%20b", FORM).arrivedAt("/a+b")),
        expect(Accident.PATH_SLASHES_MERGED, sent("//oss/callback", FORM).arrivedAt(PATH)),
        expect(Accident.PATH_SLASHES_MERGED, sent("/oss//callback", FORM).arrivedAt(PATH)),
        expect(Accident.PATH_SLASHES_MERGED, sent(PATH, FORM).arrivedAt("//oss///callback")),
        expect(Accident.PATH_NORMALISED, sent("/oss/./callback", FORM).arrivedAt(PATH)),
        expect(Accident.PATH_NORMALISED, sent(PATH, FORM).arrivedAt("/x/../oss/./callback")),
        expect(Accident.PATH_TRAILING_SLASH, sent(PATH, FORM).arrivedAt(PATH + "/")),
        expect(Accident.PATH_TRAILING_SLASH, sent(PATH + "/", FORM).arrivedAt(PATH)),
        expect(Accident.PATH_PARAMETERS, sent(PATH, FORM).arrivedAt(PATH + ";jsessionid=1")),
        expect(Accident.PATH_CHARSET, sent("/照", FORM).arrivedAt("/%D5%D5")),
        expect(Accident.TARGET_ABSOLUTE, sent(PATH, FORM).arrivedAt("http://up.example" + PATH)),
        expect(
            Accident.TARGET_ABSOLUTE,
            sent(PATH + "?a=1", FORM).arrivedAt("https://up.example:8443" + PATH + "?a=1")));
  }

  static Stream<Arguments> queryAccidents() {
    return Stream.of(
        expect(
            Accident.QUERY_DROPPED,
            sent(PATH + "?id=1", FORM).arrivedAt(PATH).header("X-Original-URI", PATH + "?id=1")),
        expect(Accident.QUERY_ADDED, sent(PATH, FORM).arrivedAt(PATH + "?utm=1")),
        expect(
            Accident.QUERY_PARAMETER_ADDED,
            sent(PATH + "?a=1&b=2", FORM).arrivedAt(PATH + "?a=1&t=9&b=2")),
        expect(
            Accident.QUERY_REORDERED,
            sent(PATH + "?c=3&a=1&b=2&d=4", FORM).arrivedAt(PATH + "?a=1&b=2&c=3&d=4")),
        expect(
            Accident.QUERY_DECODED,
            sent(PATH + "?p=a%2Fb&q=%E7%85%A7", FORM).arrivedAt(PATH + "?p=a/b&q=照")),
        expect(Accident.QUERY_DECODED, sent(PATH + "?p=a+b", FORM).arrivedAt(PATH + "?p=a b")),
        expect(Accident.QUERY_REENCODED, sent(PATH + "?p=a+b", FORM).arrivedAt(PATH + "?p=a%20b")),
        expect(
            Accident.QUERY_REENCODED, sent(PATH + "?p=a%2fb", FORM).arrivedAt(PATH + "?p=a%2Fb")),
        expect(
            Accident.QUERY_REENCODED,
            sent(PATH + "?p=a/b:c", FORM).arrivedAt(PATH + "?p=a%2Fb%3Ac")),
        expect(Accident.QUESTION_MARK_MISSING, sent(PATH + "?", FORM).arrivedAt(PATH)),
        expect(Accident.QUESTION_MARK_EXTRA, sent(PATH + "?a=1", FORM).arrivedAt(PATH + "??a=1")),
        expect(
            Accident.HTML_ESCAPED, sent(PATH + "?a=1&b=2", FORM).arrivedAt(PATH + "?a=1&amp;b=2")));
  }

  static Stream<Arguments> bodyAccidents() {
    byte[] gbk = "object=照片.jpg&size=5".getBytes(Charset.forName("GBK"));
    byte[] mojibake =
        new String(
                "{\"object\":\"é\"}".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        expect(Accident.BODY_NEWLINE_ADDED, sent(PATH, FORM).arrivedWith(FORM + "\r\n")),
        expect(Accident.BODY_NEWLINE_ADDED, sent(PATH, JSON).arrivedWith(JSON + "\n")),
        expect(Accident.BODY_TRIMMED, sent(PATH, FORM + "\n").arrivedWith(FORM)),
        expect(Accident.BODY_TRIMMED, sent(PATH, JSON + "\r\n").arrivedWith(JSON)),
        expect(Accident.BODY_LINE_ENDS, sent(PATH, "a\r\nb\r\nc").arrivedWith("a\nb\nc")),
        expect(Accident.BODY_LINE_ENDS, sent(PATH, "a\nb\nc").arrivedWith("a\r\nb\r\nc")),
        expect(Accident.BODY_BYTE_ORDER_MARK, sent(PATH, JSON).arrivedWith("\uFEFF" + JSON)),
        expect(Accident.BODY_BYTE_ORDER_MARK, sent(PATH, "\uFEFF" + JSON).arrivedWith(JSON)),
        expect(Accident.BODY_CHARSET, sent(PATH, gbk).arrivedWith("object=照片.jpg&size=5")),
        expect(Accident.BODY_CHARSET, sent(PATH, "object=照片.jpg&size=5").arrivedWith(gbk)),
        expect(Accident.BODY_CHARSET, sent(PATH, "{\"object\":\"é\"}").arrivedWith(mojibake)),
        expect(
            Accident.BODY_LONGER,
            sent(PATH, FORM)
                .arrivedWith(FORM + "and more")
                .header("Content-Length", "" + FORM.length())),
        expect(
            Accident.BODY_CHUNKED,
            sent(PATH, "a=1&b=2&c=3&d=4")
                .arrivedWith("a\r\na=1&b=2&c=\r\n5\r\n3&d=4\r\n0\r\n\r\n")));
  }

  static Stream<Arguments> fieldAccidents() {
    return Stream.of(
        expect(
            Accident.FORM_DECODED,
            sent(PATH, FORM)
                .arrivedWith("bucket=uploads&object=a/b c.txt&size=5&mimeType=text/plain")),
        expect(Accident.FORM_REENCODED, sent(PATH, FORM).arrivedWith(FORM.replace("%20", "+"))),
        expect(Accident.FORM_REENCODED, sent(PATH, FORM).arrivedWith(FORM.replace("%2F", "/"))),
        expect(
            Accident.FORM_REORDERED,
            sent(PATH, FORM)
                .arrivedWith("size=5&object=a%2Fb%20c.txt&mimeType=text%2Fplain&bucket=uploads")),
        expect(
            Accident.FORM_AS_JSON,
            sent(PATH, FORM)
                .arrivedWith(
                    "{\"size\":\"5\",\"bucket\":\"uploads\",\"object\":\"a/b c.txt\",\"mimeType\":\"text/plain\"}")),
        expect(
            Accident.JSON_AS_FORM,
            sent(PATH, JSON).arrivedWith("bucket=uploads&object=a%2Fb.txt&size=5&vpcId=")),
        expect(
            Accident.JSON_RESERIALISED,
            sent(PATH, JSON)
                .arrivedWith(
                    "{\n  \"bucket\": \"uploads\",\n  \"object\": \"a/b.txt\",\n  \"size\": 5,\n  \"vpcId\": null\n}")),
        expect(Accident.JSON_RESERIALISED, sent(PATH, JSON).arrivedWith(JSON.replace("/", "\\/"))),
        expect(
            Accident.JSON_RESERIALISED,
            sent(PATH, "{\"object\":\"照\",\"size\":5}")
                .arrivedWith("{\"object\": \"\\u7167\", \"size\": 5}")),
        expect(
            Accident.JSON_REORDERED,
            sent(PATH, JSON)
                .arrivedWith(
                    "{\"vpcId\":null,\"size\":5,\"bucket\":\"uploads\",\"object\":\"a/b.txt\"}")),
        expect(Accident.JSON_RETYPED, sent(PATH, JSON).arrivedWith(JSON.replace(":5", ":\"5\""))),
        expect(Accident.JSON_RETYPED, sent(PATH, JSON).arrivedWith(JSON.replace("null", "\"\""))),
        expect(
            Accident.JSON_REPAIRED,
            sent(PATH, "{\"width\":,\"size\":5}").arrivedWith("{\"width\":null,\"size\":5}")),
        expect(
            Accident.JSON_REPAIRED,
            sent(PATH, "{\"a\",\"b\", \"size\":5}").arrivedWith("{\"a\":\"b\",\"size\":5}")),
        expect(Accident.JSON_REPAIRED, sent(PATH, "{\"a\":\"b\",}").arrivedWith("{\"a\":\"b\"}")));
  }

  static Stream<Arguments> headerAccidents() {
    Accidents plain = sent(PATH, FORM);
    String signature = Base64.getEncoder().encodeToString(plain.signature());
    return Stream.of(
        expect(
            Accident.SIGNATURE_SCHEME_ADDED,
            sent(PATH, FORM).header("Authorization", "OSS " + signature)),
        expect(
            Accident.SIGNATURE_ALTERED,
            sent(PATH, FORM).header("Authorization", "\"" + signature + "\"")),
        expect(
            Accident.SIGNATURE_ALTERED,
            sent(PATH, FORM)
                .header(
                    "Authorization",
                    signature.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D"))),
        expect(Accident.PUB_KEY_URL_MISSING, sent(PATH, FORM).without("x-oss-pub-key-url")),
        expect(
            Accident.PUB_KEY_URL_UNREADABLE,
            sent(PATH, FORM)
                .header(
                    "x-oss-pub-key-url", "https://gosspublic.alicdn.com/callback_pub_key_v1.pem")),
        expect(
            Accident.PUB_KEY_URL_FOREIGN,
            sent(PATH, FORM).header("x-oss-pub-key-url", base64("https://evil.example/key.pem"))),
        expect(
            Accident.PUB_KEY_URL_FOREIGN,
            sent(PATH, FORM).header("x-oss-pub-key-url", base64(KeyRing.OSS_URLS.getFirst()))),
        expect(Accident.HEADER_REPEATED, sent(PATH, FORM).repeated("authorization", "x")),
        expect(
            Accident.SIGNATURE_VERSION, sent(PATH, FORM).header("x-oss-signature-version", "2.0")));
  }

  @ParameterizedTest
  @MethodSource({
    "pathAccidents",
    "queryAccidents",
    "bodyAccidents",
    "fieldAccidents",
    "headerAccidents"
  })
  void accident_isNamedAlone(Accident accident, Accidents happened) {
    Explanation explanation = happened.explained();

    assertThat(explanation.verdict()).as(explanation.toString()).isEqualTo(Verdict.ACCIDENT_FOUND);
    assertThat(explanation.changes()).extracting(Change::accident).containsExactly(accident);
    assertThat(explanation.refusal()).isPresent();
    assertThat(explanation.advice()).contains(accident.advice());
    assertThat(explanation.signedString().map(Search::md5)).isEqualTo(explanation.signedMd5());
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(
            List.of(Accident.PATH_PREFIX_STRIPPED, Accident.QUERY_REORDERED),
            sent("/api" + PATH + "?b=2&a=1", FORM).arrivedAt(PATH + "?a=1&b=2")),
        Arguments.of(
            List.of(Accident.PATH_PREFIX_STRIPPED, Accident.BODY_NEWLINE_ADDED),
            sent("/api" + PATH, FORM).arrivedAt(PATH).arrivedWith(FORM + "\n")),
        Arguments.of(
            List.of(Accident.QUERY_DECODED, Accident.FORM_DECODED),
            sent(PATH + "?p=a%2Fb", FORM)
                .arrivedAt(PATH + "?p=a/b")
                .arrivedWith(FORM.replace("%2F", "/").replace("%20", " "))),
        Arguments.of(
            List.of(Accident.BODY_NEWLINE_ADDED, Accident.FORM_REENCODED),
            sent(PATH, FORM).arrivedWith(FORM.replace("%20", "+") + "\n")),
        Arguments.of(
            List.of(Accident.PUB_KEY_URL_MISSING, Accident.PATH_TRAILING_SLASH),
            sent(PATH, FORM).without("x-oss-pub-key-url").arrivedAt(PATH + "/")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void twoAccidents_areBothNamed(List<Accident> accidents, Accidents happened) {
    Explanation explanation = happened.explained();

    assertThat(explanation.changes())
        .as(explanation.toString())
        .extracting(Change::accident)
        .containsExactlyElementsOf(accidents);
  }

  static Stream<Arguments> refusedTargets() {
    return Stream.of(
        Arguments.of(sent("/a%zz", "/a%zz", FORM), SignatureRefusal.TARGET_BAD_ESCAPE),
        Arguments.of(sent("/a b", "/a b", FORM), SignatureRefusal.TARGET_NOT_PRINTABLE),
        Arguments.of(sent("/照", "/照", FORM), SignatureRefusal.TARGET_NOT_PRINTABLE),
        Arguments.of(sent("/a/b", "/a%2Fb", FORM), SignatureRefusal.TARGET_AMBIGUOUS),
        Arguments.of(sent("/a\nb", "/a%0Ab", FORM), SignatureRefusal.TARGET_AMBIGUOUS));
  }

  @ParameterizedTest
  @MethodSource("refusedTargets")
  void targetThatVerifiesAndIsRefused_isSaidToBe(Accidents happened, SignatureRefusal reason) {
    Explanation explanation = happened.explained();

    assertThat(explanation.verdict()).isEqualTo(Verdict.VERIFIES_BUT_REFUSED);
    assertThat(explanation.refusal()).contains(reason);
    assertThat(explanation.advice()).isNotEmpty();
  }

  @Test
  void untouchedCallback_verifies() {
    Explanation explanation = sent(PATH + "?a=1", FORM).explained();

    assertThat(explanation.isVerified()).isTrue();
    assertThat(explanation.changes()).isEmpty();
    assertThat(explanation.keyUrl()).contains(TestSigner.URL);
    assertThat(explanation.candidates()).isEqualTo(1);
  }

  @Test
  void signatureOfAnotherKey_isNotByATrustedOne() {
    byte[] foreign =
        TestSigner.generate().sign((PATH + "\n" + FORM).getBytes(StandardCharsets.UTF_8));

    Explanation explanation =
        sent(PATH, FORM)
            .header("Authorization", Base64.getEncoder().encodeToString(foreign))
            .explained();

    assertThat(explanation.verdict()).isEqualTo(Verdict.NOT_SIGNED_BY_TRUSTED_KEY);
    assertThat(explanation.signedMd5()).isEmpty();
    assertThat(explanation.signature()).contains("under any trusted key");
  }

  @Test
  void truncatedSignature_isSaidToBe() {
    Accidents callback = sent(PATH, FORM);
    String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(callback.signature(), 40));

    Explanation explanation = callback.header("Authorization", cut).explained();

    assertThat(explanation.verdict()).isEqualTo(Verdict.SIGNATURE_UNUSABLE);
    assertThat(explanation.signature()).contains("truncated").contains("40 bytes");
    assertThat(explanation.refusal()).contains(SignatureRefusal.SIGNATURE_WRONG_LENGTH);
  }

  @Test
  void signatureThatIsNoBase64_isSaidToBe() {
    Explanation explanation = sent(PATH, FORM).header("Authorization", "{signature}").explained();

    assertThat(explanation.verdict()).isEqualTo(Verdict.SIGNATURE_UNUSABLE);
    assertThat(explanation.signature()).contains("not Base64");
  }

  @Test
  void missingAuthorization_isSaidToBe() {
    Explanation explanation = sent(PATH, FORM).without("Authorization").explained();

    assertThat(explanation.verdict()).isEqualTo(Verdict.SIGNATURE_UNUSABLE);
    assertThat(explanation.refusal()).contains(SignatureRefusal.AUTHORIZATION_MISSING);
    assertThat(explanation.advice()).anyMatch(advice -> advice.contains("Authorization"));
  }

  /** The accident nobody thought of: precise about what is known. */
  @Test
  void unknownAccident_isNarrowedDownByContentMd5() {
    Accidents lost = sent(PATH, "{\"x\":1}").arrivedWith("something else");

    Explanation changed = lost.header("Content-MD5", "nothing").explained();
    Explanation intact =
        sent("/elsewhere/entirely", FORM)
            .arrivedAt(PATH)
            .header(
                "Content-MD5",
                Base64.getEncoder()
                    .encodeToString(Search.md5(quayside.signature.Bytes.utf8(FORM)).toArray()))
            .explained();

    assertThat(changed.verdict()).isEqualTo(Verdict.SIGNED_OTHERWISE);
    assertThat(changed.evidence()).anyMatch(note -> note.contains("the body was changed"));
    assertThat(intact.evidence()).anyMatch(note -> note.contains("look at path and query"));
    assertThat(intact.excluded()).contains(Accident.PATH_PREFIX_STRIPPED);
  }

  /** Hints are tried, and only the digest decides. */
  @Test
  void hints_areTried() {
    Hints prefix = new Hints(List.of("/edge7"), List.of(), List.of(), List.of(), List.of());
    String many = "g=7&f=6&e=5&d=4&c=3&b=2&a=1";
    String sorted = "a=1&b=2&c=3&d=4&e=5&f=6&g=7";
    String mixed = "d=4&a=1&g=7&b=2&f=6&c=3&e=5";
    Hints order =
        new Hints(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(List.of("d", "a", "g", "b", "f", "c", "e")));

    assertThat(sent("/edge7" + PATH, FORM).arrivedAt(PATH).explained().verdict())
        .isEqualTo(Verdict.SIGNED_OTHERWISE);
    assertThat(sent("/edge7" + PATH, FORM).arrivedAt(PATH).explained(prefix).changes())
        .extracting(Change::accident)
        .containsExactly(Accident.PATH_PREFIX_STRIPPED);
    assertThat(sent(PATH, many).arrivedWith(sorted).explained().verdict())
        .isEqualTo(Verdict.ACCIDENT_FOUND);
    assertThat(sent(PATH, mixed).arrivedWith(sorted).explained().verdict())
        .isEqualTo(Verdict.SIGNED_OTHERWISE);
    assertThat(sent(PATH, mixed).arrivedWith(sorted).explained(order).changes())
        .extracting(Change::accident)
        .containsExactly(Accident.FORM_REORDERED);
  }

  private static Arguments expect(Accident accident, Accidents happened) {
    return Arguments.of(accident, happened);
  }
}
