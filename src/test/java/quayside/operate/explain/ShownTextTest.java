package quayside.operate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quayside.signature.Bytes;

/** Explanations are pasted into tickets and written on terminals. */
class ShownTextTest {
  private static final String TOKEN = "q1.k1." + "A".repeat(56) + "." + "B".repeat(43);

  @Test
  void grantToken_isMaskedUnlessAskedFor() {
    Accidents callback = Accidents.sent("/oss/callback", "object=a&grant=" + TOKEN + "&size=5");
    Explanation verified = callback.explained();
    Explanation altered = callback.arrivedAt("/callback").explained();

    assertThat(ExplanationText.of(verified, new ShownText(false)))
        .contains("object=a&grant=[grant]&size=5")
        .doesNotContain(TOKEN);
    assertThat(ExplanationJson.of(java.util.List.of(altered), new ShownText(false)))
        .contains("grant=[grant]")
        .doesNotContain(TOKEN);
    assertThat(ExplanationText.of(verified, new ShownText(true)))
        .contains("/oss/callback\\nobject=a&grant=" + TOKEN + "&size=5");
  }

  @Test
  void controlCharacters_areEscaped() {
    ShownText shown = new ShownText(false);

    assertThat(shown.of(Bytes.utf8("a\u001b[31m\r\n\t\\照\u202e\u0085")))
        .isEqualTo("a\\x1B[31m\\r\\n\\t\\\\照\\u202E\\x85");
    assertThat(shown.of(Bytes.copyOf(new byte[] {'a', (byte) 0xFF, 0}))).isEqualTo("a\\xFF\\x00");
    assertThat(shown.of("x".repeat(5000))).hasSizeLessThan(4200).endsWith("(904 more characters)");
  }
}
