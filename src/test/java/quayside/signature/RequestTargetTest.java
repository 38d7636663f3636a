package quayside.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a request target becomes what OSS signed. */
class RequestTargetTest {

  @ParameterizedTest
  @CsvSource({
    "/, /,",
    "/index.php?id=1&index=2, /index.php, id=1&index=2",
    "/a?b?c=/d, /a, b?c=/d",
    "/a?, /a,",
    "/a?%3F%zz+, /a, %3F%zz+",
    "//a/../b;c, //a/../b;c,"
  })
  void target_splitsAtTheFirstQuestionMark(String raw, String path, String query)
      throws SignatureRefusedException {
    RequestTarget target = RequestTarget.parse(raw);

    assertThat(target.path()).isEqualTo(path);
    assertThat(target.query()).isEqualTo(query);
  }

  /** Form decoders turn + into a space; double decoders turn %2541 into A. */
  @ParameterizedTest
  @CsvSource({"/a+b, /a+b", "/a%20b, '/a b'", "/%E7%85%a7, /照", "/%2541, /%41", "/%2B, /+"})
  void path_isDecodedOnceAndPlusKept(String raw, String decoded) throws SignatureRefusedException {
    assertThat(RequestTarget.parse(raw).decodedPath()).isEqualTo(Bytes.utf8(decoded));
  }

  @ParameterizedTest
  @CsvSource({
    "'', TARGET_NOT_ORIGIN_FORM",
    "*, TARGET_NOT_ORIGIN_FORM",
    "a, TARGET_NOT_ORIGIN_FORM",
    "http://h/a, TARGET_NOT_ORIGIN_FORM",
    "'/a b', TARGET_NOT_PRINTABLE",
    "/ä, TARGET_NOT_PRINTABLE",
    "/a?ä, TARGET_NOT_PRINTABLE",
    "/a%3fb, TARGET_AMBIGUOUS",
    "/a%3Fb, TARGET_AMBIGUOUS",
    "/a%0A, TARGET_AMBIGUOUS",
    "/a%1f, TARGET_AMBIGUOUS",
    "/a%7F, TARGET_AMBIGUOUS",
    "/a%2f, TARGET_AMBIGUOUS",
    "/a%5c, TARGET_AMBIGUOUS",
    "/a%23, TARGET_AMBIGUOUS",
    "/a#b, TARGET_AMBIGUOUS",
    "/a?b#c, TARGET_AMBIGUOUS",
    "/%, TARGET_BAD_ESCAPE",
    "/%4, TARGET_BAD_ESCAPE",
    "/%4g, TARGET_BAD_ESCAPE",
    "/%+1, TARGET_BAD_ESCAPE",
    "/%-1, TARGET_BAD_ESCAPE"
  })
  void badTarget_isRefusedWithItsReason(String raw, SignatureRefusal reason) {
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> RequestTarget.parse(raw))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void signedBytes_haveNoQuestionMarkWithoutQuery() throws SignatureRefusedException {
    assertThat(signed(RequestTarget.parse("/a"))).isEqualTo("/a\nbody");
    assertThat(signed(RequestTarget.parse("/a?"))).isEqualTo("/a\nbody");
    assertThat(signed(RequestTarget.parse("/a?b"))).isEqualTo("/a?b\nbody");
  }

  private static String signed(RequestTarget target) {
    Bytes signed = StringToSign.of(target, Bytes.utf8("body"));
    return new String(signed.toArray(), StandardCharsets.UTF_8);
  }
}
