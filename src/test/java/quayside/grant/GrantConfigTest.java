package quayside.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quayside.grant.signature.OssAddress;
import quayside.grant.template.BodyType;
import quayside.grant.token.GrantKeySource;
import quayside.grant.token.GrantKeys;

/** The configuration as it is shipped, and what is made of it. */
class GrantConfigTest {
  private static final Path SHIPPED = Path.of("src/main/resources/application.properties");

  @Test
  void defaults_grantNothing() throws IOException {
    GrantConfig config = config("prod", Map.of());

    assertThat(config.buckets()).isEmpty();
    assertThat(config.apiKeys()).isEmpty();
    assertThat(config.keys()).isEmpty();
    assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.maxLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(config.uploadTime()).isEqualTo(Duration.ofHours(1));
    assertThat(config.rememberedGrants()).isEqualTo(100_000);
    assertThat(config.callbackBodyType()).isEqualTo(BodyType.FORM);
    assertThat(config.oss().addressing()).isEqualTo(OssAddress.Style.VIRTUAL_HOST);
    assertThatThrownBy(() -> issue(config, "{\"key\": \"a\"}"))
        .isInstanceOfSatisfying(
            NotIssuedException.class,
            e -> assertThat(e.reason()).isEqualTo(IssueRefusal.GRANTS_NOT_CONFIGURED))
        .hasMessageContaining("quayside.grant.oss.access-key-id");
  }

  @Test
  void laptop_grantsUploadsToTheStandIn() throws Exception {
    GrantConfig config = config("dev", Map.of("QUAYSIDE_OSS_PORT", "9876"));

    IssuedGrant grant = issue(config, "{\"key\": \"a.png\", \"method\": \"put\"}");

    assertThat(grant.url()).startsWith("http://127.0.0.1:9876/uploads/a.png?callback=");
  }

  /** All is set but a key to sign tokens with, which may come later through the key directory. */
  @Test
  void missingKey_isSaid() throws IOException {
    GrantConfig config = config("dev", Map.of());
    GrantKeys none =
        new GrantKeys(new GrantKeySource(Map.of(), Optional.empty(), Optional.empty()));

    assertThatThrownBy(() -> issue(config, none, "{\"key\": \"a\"}"))
        .isInstanceOf(NotIssuedException.class)
        .hasMessageContaining("quayside.grant.keys");
  }

  @Test
  void badValues_nameTheirKey() throws IOException {
    GrantConfig badPrefix =
        config("dev", Map.of("quayside.grant.buckets.uploads.prefixes", "u/{subject}"));
    GrantConfig badUrl =
        config("dev", Map.of("quayside.grant.callback-urls", "example.com/callback"));
    GrantConfig badSecret = config("dev", Map.of("quayside.grant.keys.laptop", "short"));

    assertThatThrownBy(() -> issue(badPrefix, "{}"))
        .hasMessageStartingWith("quayside.grant.buckets.uploads: prefix");
    assertThatThrownBy(() -> issue(badUrl, "{}"))
        .hasMessageContaining("callback URL example.com/callback must be");
    assertThatThrownBy(() -> issue(badSecret, "{}"))
        .hasMessageContaining("grant key laptop")
        .hasMessageNotContaining("short");
  }

  private static IssuedGrant issue(GrantConfig config, String request) throws NotIssuedException {
    return issue(config, new GrantBeans().keys(config, new SimpleMeterRegistry()), request);
  }

  private static IssuedGrant issue(GrantConfig config, GrantKeys keys, String request)
      throws NotIssuedException {
    return new GrantBeans()
        .desk(config, keys, Clock.systemUTC(), new SimpleMeterRegistry())
        .issue(request.getBytes(StandardCharsets.UTF_8), new Caller("backend", true));
  }

  private static GrantConfig config(String profile, Map<String, String> overrides)
      throws IOException {
    URL shipped = SHIPPED.toUri().toURL();
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withProfile(profile)
        .withSources(
            new PropertiesConfigSource(shipped),
            new PropertiesConfigSource(overrides, "test", 1000))
        .withMapping(GrantConfig.class)
        .withMappingIgnore("**")
        .build()
        .getConfigMapping(GrantConfig.class);
  }
}
