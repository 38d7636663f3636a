package quayside.grant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever arrives as a token, the answer is a verified grant or one of the refusals, never an
 * error.
 */
class HostileTokenTest {
  private final GrantScenario scenario = new GrantScenario();
  private final String token = scenario.token();

  @Property
  void flippedBit_isRefused(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(max = 6) int bit) {
    char[] chars = token.toCharArray();
    int position = seed % chars.length;
    chars[position] ^= (char) (1 << bit);

    assertThat(scenario.outcome(new String(chars)))
        .isIn("grant-malformed", "grant-unknown-key", "grant-signature");
  }

  @Property
  void truncatedOrExtended_isRefused(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll String tail) {
    String truncated = token.substring(0, seed % token.length());

    assertThat(scenario.outcome(truncated)).isIn("grant-malformed", "grant-signature");
    assertThat(scenario.outcome(truncated + "." + tail)).isNotEqualTo("accepted");
    assertThat(scenario.outcome(token + tail))
        .isEqualTo(tail.isEmpty() ? "accepted" : "grant-malformed");
  }

  @Property
  void garbage_isMalformed(@ForAll String garbage) {
    assertThat(scenario.outcome(garbage)).isEqualTo("grant-malformed");
  }

  @Property
  void forgedPart_isRefused(
      @ForAll("base64") String payload,
      @ForAll("base64") String mac,
      @ForAll @IntRange(max = 3) int dots) {
    String forged = "q1.k1." + payload + ".".repeat(dots) + mac;

    assertThat(scenario.outcome(forged)).isIn("grant-malformed", "grant-signature");
  }

  @Property
  void overlong_isMalformed(@ForAll @IntRange(min = 1, max = 100_000) int more) {
    assertThat(
            scenario.outcome(
                "q1.k1." + "A".repeat(UnverifiedToken.MAX_LENGTH + more) + "." + "A".repeat(43)))
        .isEqualTo("grant-malformed");
  }

  /** The payload reader alone: it must cope even if the code did not protect it. */
  @Property
  void payloadBytes_areAGrantOrIllegal(@ForAll byte[] bytes) {
    byte[] damaged = GrantPayload.write(scenario.grant);
    for (int i = 0; i < bytes.length; i++) {
      damaged[Math.floorMod(bytes[i] * 31 + i, damaged.length)] ^= bytes[i];
    }
    for (byte[] payload : new byte[][] {bytes, damaged}) {
      try {
        assertThat(GrantPayload.write(GrantPayload.read(payload))).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Property
  void grant_survivesTheToken(@ForAll("grants") Grant grant) throws GrantRefusedException {
    VerifiedGrant verified =
        new GrantScenario()
            .withGrant(grant)
            .withUpload(
                "photos",
                grant.keys().text() + (grant.keys() instanceof KeyScope.Under ? "x" : ""),
                1L,
                "a/b")
            .verify();

    assertThat(verified.grant()).isEqualTo(grant);
  }

  @Provide
  Arbitrary<String> base64() {
    return Arbitraries.strings()
        .withCharRange('A', 'Z')
        .withCharRange('a', 'z')
        .withChars("0189-_")
        .ofMaxLength(60);
  }

  @Provide
  Arbitrary<Grant> grants() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(40)
            .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
    Arbitrary<KeyScope> keys =
        Combinators.combine(text, Arbitraries.of(true, false))
            .as((key, exactly) -> exactly ? new KeyScope.Exactly(key) : new KeyScope.Under(key));
    return Combinators.combine(
            Arbitraries.longs(), keys, text, Arbitraries.longs().greaterOrEqual(1))
        .as((id, scope, subject, size) ->
            new Grant(
                new GrantId(id, ~id),
                "photos",
                scope,
                size,
                Set.of("a/b"),
                subject.substring(0, 1),
                GrantScenario.NOW.plusSeconds(Math.abs(id % 1_000_000) + 1)));
  }
}
