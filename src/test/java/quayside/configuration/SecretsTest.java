package quayside.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is never shown, and what is not hidden without need. */
class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "quayside.oss.access-key-secret",
        "quayside.oss.security-token",
        "quayside.grant.oss.access-key-secret",
        "quayside.grant.keys.2026-01",
        "quayside.grant.api-keys.backend",
        "quayside.grant.api-keys.backend[0]",
        "quayside.search.opensearch.password",
        "quayside.callback.redact.key",
        "quayside.events.signing.private-key",
        "quayside.callback.kafka.\"sasl.jaas.config\"",
        "quayside.callback.kafka.\"ssl.keystore.password\"",
        "quayside.callback.kafka.\"ssl.keystore.key\"",
        "quarkus.datasource.password"
      })
  void secret_isHidden(String key) {
    assertThat(new Problem(key, "geheim", "'geheim' is wrong", "").toString())
        .isEqualTo(key + ": '***' '***' is wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quayside.oss.access-key-id",
        "quayside.grant.key-directory",
        "quayside.grant.key-refresh",
        "quayside.grant.signing-key",
        "quayside.callback.keys.laptop.url",
        "quayside.callback.keys.laptop.pem-file",
        "quayside.events.signing.private-key-file",
        "quayside.callback.rules.buckets.uploads.key-prefixes",
        "quayside.callback.fields.grant",
        "quayside.callback.paths"
      })
  void whatIsNoSecret_isShown(String key) {
    assertThat(Secrets.mask(key, "value")).isEqualTo("value");
  }

  @Test
  void credentialsInUrls_areHidden() {
    Problem problem =
        new Problem(
            "quayside.search.opensearch.url", "ftp://me:geheim@es/", "is ftp://me:geheim@es/", "");

    assertThat(problem.toString()).doesNotContain("geheim").contains("ftp://***@es/");
  }

  /** A log line ends where we end it. */
  @Test
  void value_isOneLineOfBoundedLength() {
    Problem problem =
        new Problem("quayside.callback.paths", "a\nb" + "x".repeat(500), "is bad", "");

    assertThat(problem.toString()).contains("'a?bxxx").hasSizeLessThan(300);
  }
}
