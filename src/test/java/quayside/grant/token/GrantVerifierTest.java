package quayside.grant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // A null where none belongs fails the test.
class GrantVerifierTest {
  private final GrantScenario scenario = new GrantScenario();

  @Test
  void goodToken_isVerified() throws GrantRefusedException {
    VerifiedGrant verified = scenario.verify();

    assertThat(verified.grant()).isEqualTo(scenario.grant);
    assertThat(verified.id().text()).isEqualTo("0123456789abcdeffedcba9876543210");
    assertThat(verified.exactKey()).contains("uploads/42/a.png");
    assertThat(verified.bucket()).isEqualTo("photos");
    assertThat(verified.subject()).isEqualTo("alice");
    assertThat(verified.keyId()).isEqualTo("k1");
  }

  /** What travels through a URL, a form body and a JSON string without being escaped. */
  @Test
  void token_isShortAndNeedsNoEscaping() {
    assertThat(scenario.token()).matches("[A-Za-z0-9._-]+").hasSizeLessThan(250);
  }

  /** The largest grant still fits, with the callback around it, into OSS's 5 KB. */
  @Test
  void largestGrant_isVerified() {
    String key = "照".repeat(341);
    Set<String> types =
        IntStream.range(0, Grant.MAX_CONTENT_TYPES)
            .mapToObj(i -> "image/" + i + "x".repeat(Grant.MAX_CONTENT_TYPE_LENGTH - 7))
            .collect(Collectors.toSet());
    Grant largest =
        new Grant(
            scenario.grant.id(),
            "b".repeat(63),
            new KeyScope.Exactly(key),
            Long.MAX_VALUE,
            types,
            "s".repeat(Grant.MAX_SUBJECT_BYTES),
            scenario.grant.expires());

    String token = new GrantScenario().withGrant(largest).token();

    assertThat(token).hasSizeLessThanOrEqualTo(UnverifiedToken.MAX_LENGTH);
    assertThat(
            new GrantScenario()
                .withUpload("b".repeat(63), key, 1L, types.iterator().next())
                .outcome(token))
        .isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "photos, uploads/42/a.png,   1000, image/png,                accepted",
        "photos, uploads/42/a.png,   0,    image/jpeg,               accepted",
        "photos, uploads/42/a.png,   1,    Image/PNG; charset=utf-8, accepted",
        "-,      uploads/42/a.png,   1,    image/png,                accepted",
        "photos, -,                  1,    image/png,                accepted",
        "other,  uploads/42/a.png,   1,    image/png,                grant-bucket",
        "photos, uploads/42/b.png,   1,    image/png,                grant-key",
        "photos, uploads/42/a.png.x, 1,    image/png,                grant-key",
        "photos, uploads/42/a.png,   1001, image/png,                grant-size",
        "photos, uploads/42/a.png,   -1,   image/png,                grant-size",
        "photos, uploads/42/a.png,   -,    image/png,                grant-size",
        "photos, uploads/42/a.png,   1,    image/gif,                grant-content-type",
        "photos, uploads/42/a.png,   1,    text/html;image/png,      grant-content-type",
        "photos, uploads/42/a.png,   1,    -,                        grant-content-type",
      })
  void upload_mustBeTheGrantedOne(
      String bucket, String key, Long size, String type, String outcome) {
    assertThat(scenario.withUpload(bucket, key, size, type).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "uploads/42/a.png, accepted",
        "uploads/42/,      grant-key",
        "uploads/43/a.png, grant-key",
        "x/uploads/42/a,   grant-key",
        "-,                grant-key",
      })
  void prefixGrant_coversKeysUnderThePrefixOnly(String key, String outcome)
      throws GrantRefusedException {
    scenario
        .withGrant(GrantScenario.grant(new KeyScope.Under("uploads/42/")))
        .withUpload("photos", key, 1L, "image/png");

    assertThat(scenario.outcome()).isEqualTo(outcome);
  }

  @Test
  void grantWithoutContentTypes_coversAny() {
    Grant any =
        new Grant(
            scenario.grant.id(),
            "photos",
            new KeyScope.Exactly("a"),
            1,
            Set.of(),
            "alice",
            scenario.grant.expires());

    assertThat(scenario.withGrant(any).withUpload("photos", "a", 1L, null).outcome())
        .isEqualTo("accepted");
  }

  @Test
  void token_isGoodUntilTheSecondItExpires() {
    assertThat(scenario.at(scenario.grant.expires().minusNanos(1)).outcome()).isEqualTo("accepted");
    assertThat(scenario.at(scenario.grant.expires()).outcome()).isEqualTo("grant-expired");
    assertThat(scenario.at(scenario.grant.expires().plusSeconds(1_000_000)).outcome())
        .isEqualTo("grant-expired");
  }

  @Test
  void key_canBeRotated() {
    GrantKeyRing both =
        GrantScenario.ring(
            "k2", Map.of("k1", GrantScenario.SECRET, "k2", GrantScenario.OTHER_SECRET));
    GrantKeyRing onlyNew = GrantScenario.ring("k2", Map.of("k2", GrantScenario.OTHER_SECRET));

    assertThat(scenario.verifiedWith(both).outcome()).isEqualTo("accepted");
    assertThat(scenario.verifiedWith(onlyNew).outcome()).isEqualTo("grant-unknown-key");
    assertThat(scenario.verifiedWith(GrantKeyRing.EMPTY).outcome()).isEqualTo("grant-unknown-key");
  }

  /** Another key under the same id; also somebody who knows the format but not the secret. */
  @Test
  void tokenOfAnotherSecret_isRefused() {
    assertThat(
            scenario
                .verifiedWith(GrantScenario.ring("k1", Map.of("k1", GrantScenario.OTHER_SECRET)))
                .outcome())
        .isEqualTo("grant-signature");
  }

  /** The id of the key is covered by the code: a token cannot be moved to another key. */
  @Test
  void keyId_isSigned() {
    scenario.verifiedWith(
        GrantScenario.ring("k1", Map.of("k1", GrantScenario.SECRET, "k2", GrantScenario.SECRET)));

    assertThat(scenario.outcome(scenario.token().replace("q1.k1.", "q1.k2.")))
        .isEqualTo("grant-signature");
  }

  /**
   * A payload that we did sign but cannot read, as a later version might: refused, not an error.
   */
  @Test
  void signedGarbage_isMalformed() {
    String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {1, 2, 3});
    String signed = "q1.k1." + payload;
    String token = signed + "." + GrantKey.of("k1", GrantScenario.SECRET).mac(signed);

    assertThat(scenario.outcome(token)).isEqualTo("grant-malformed");
  }

  @Test
  void texts_hideSecrets() throws GrantRefusedException {
    assertThat(scenario.verifying.toString()).doesNotContain(GrantScenario.SECRET);
    assertThat(scenario.verify().toString()).doesNotContain("alice");
  }
}
