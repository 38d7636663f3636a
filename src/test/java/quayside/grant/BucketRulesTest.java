package quayside.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.grant.access.ApiKeys;
import quayside.grant.signature.OssAddress;

/** What an operator may write into the configuration, and what it then means. */
class BucketRulesTest {

  /** A name must not reach into the keys of another. */
  @ParameterizedTest
  @CsvSource({
    "alice,   users/alice/a,    true",
    "alice,   users/alice/,     true",
    "alice,   users/alice2/a,   false",
    "alice,   users/alice,      false",
    "alice/b, users/alice/b/a,  false",
    "..,      users/../a,       false",
    "auth0|7, users/auth0|7/a,  true",
    "alice,   shared/a,         true",
    "alice,   Shared/a,         false",
    "alice,   a,                false",
  })
  void keys_areAllowedByPrefixAndSubject(String subject, String key, boolean allowed) {
    BucketRules rules = new BucketRules(List.of("users/{subject}/", "shared/"), 1);

    assertThat(rules.allow(key, subject)).isEqualTo(allowed);
  }

  @Test
  void rules_thatOpenMoreThanTheySay_areRefused() {
    assertThatThrownBy(() -> new BucketRules(List.of("users/{subject}"), 1))
        .hasMessage("prefix users/{subject} must have a slash after {subject}");
    assertThatThrownBy(() -> new BucketRules(List.of(), 1))
        .hasMessageContaining("prefixes must not be empty");
    assertThatThrownBy(() -> new BucketRules(List.of("*"), 0)).hasMessageContaining("max-size 0");
  }

  @Test
  void limits_areChecked() {
    Duration hour = Duration.ofHours(1);
    Map<String, BucketRules> one = Map.of("photos", new BucketRules(List.of("*"), 1));

    assertThat(new GrantLimits(one, Optional.empty(), hour, hour, hour).defaultBucket())
        .contains("photos");
    assertThatThrownBy(() -> new GrantLimits(one, Optional.of("other"), hour, hour, hour))
        .hasMessageContaining("default-bucket: 'other' must be one of [photos]");
    assertThatThrownBy(() -> new GrantLimits(one, Optional.empty(), hour, Duration.ofDays(8), hour))
        .hasMessageContaining("max-lifetime: 'PT192H' must be from 1 second to 7 days");
    assertThatThrownBy(
            () -> new GrantLimits(one, Optional.empty(), hour.plusSeconds(1), hour, hour))
        .hasMessageContaining("lifetime: 'PT1H1S' must be from 1 second to max-lifetime");
  }

  @Test
  void apiKeys_mustBeHashes() {
    assertThatThrownBy(() -> new ApiKeys(Map.of("backend", List.of("secret"))))
        .hasMessageStartingWith(
            "quayside.grant.api-keys.backend: '***' must be a SHA-256 in 64 hexadecimal digits;"
                + " for example ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "oss.example.com",
    "ftp://oss.example.com",
    "https://u@oss.example.com",
    "https://oss.example.com/x",
    "https://oss.example.com?x"
  })
  void endpoints_areSchemeHostAndPort(String endpoint) {
    assertThatThrownBy(() -> new OssAddress(URI.create(endpoint), OssAddress.Style.PATH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint " + endpoint);
  }
}
