package quayside.grant;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.configuration.Problems;
import quayside.grant.access.ApiKeys;
import quayside.grant.signature.Credentials;
import quayside.grant.signature.OssAddress;
import quayside.grant.template.CallbackTarget;
import quayside.grant.token.GrantKey;
import quayside.grant.token.GrantKeySource;
import quayside.grant.token.GrantKeys;
import quayside.role.Role;

/** Tells what is wrong with the configuration of grants. What is not set is not wrong. */
final class GrantConfigCheck {
  private static final String KEYS = "quayside.grant.";
  private static final String NEW_SECRET = "the output of openssl rand -base64 32";

  private final GrantConfig config;
  private final Problems problems;

  private GrantConfigCheck(GrantConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  static void check(GrantConfig config, Problems problems) {
    GrantConfigCheck check = new GrantConfigCheck(config, problems);
    check.limits();
    check.keys();
    check.callbacks();
    check.account();
  }

  private void limits() {
    config
        .buckets()
        .forEach((name, bucket) -> problems.attempt(() -> GrantLimits.rules(name, bucket)));
    problems.attempt(
        () -> GrantLimits.requireOneOf(config.buckets().keySet(), config.defaultBucket()));
    problems.attempt(() -> GrantLimits.requireMaxLifetime(config.maxLifetime()));
    problems.attempt(() -> GrantLimits.requireLifetime(config.lifetime(), config.maxLifetime()));
    problems.attempt(() -> GrantLimits.requireUploadTime(config.uploadTime()));
    problems.require(
        config.maxParts() >= 1 && config.maxParts() <= MultipartIssuer.MAX_PARTS,
        KEYS + "max-parts",
        "must be from 1 to " + MultipartIssuer.MAX_PARTS,
        "1000");
    problems.requireAtLeast(1, KEYS + "remembered-grants", config.rememberedGrants(), "100000");
  }

  private void keys() {
    problems.requirePositive(KEYS + "key-refresh", config.keyRefresh(), "10S");
    config
        .keys()
        .forEach((id, secret) ->
            problems.attempt(KEYS + "keys." + id, NEW_SECRET, () -> GrantKey.of(id, secret)));
    config
        .apiKeys()
        .forEach((holder, hashes) ->
            problems.attempt(
                KEYS + "api-keys." + holder,
                "the output of printf %s \"$KEY\" | sha256sum",
                () -> new ApiKeys(Map.of(holder, hashes))));
    if (problems.roles().includeAny(Role.CALLBACK, Role.GRANTS)) {
      config
          .keyDirectory()
          .ifPresent(directory ->
              problems.attempt(
                  KEYS + "key-directory",
                  "/etc/quayside/grant-keys",
                  () -> ring(Map.of(), Optional.empty())));
      config
          .signingKey()
          .ifPresent(id ->
              problems.attempt(
                  KEYS + "signing-key", "2026-01", () -> ring(config.keys(), Optional.of(id))));
    }
  }

  private GrantKeys ring(Map<String, String> keys, Optional<String> signing) {
    return new GrantKeys(new GrantKeySource(keys, config.keyDirectory(), signing));
  }

  private void callbacks() {
    String example = "https://upload.example/oss/callback";
    List<URI> urls = config.callbackUrls().orElse(List.of());
    for (URI url : urls) {
      problems.attempt(
          KEYS + "callback-urls",
          example,
          () -> new CallbackTarget(List.of(url), Optional.empty()));
    }
    config
        .callbackUrls()
        .ifPresent(all ->
            problems.attempt(
                KEYS + "callback-urls", example, () -> new CallbackTarget(all, Optional.empty())));
    config
        .callbackHost()
        .ifPresent(host ->
            problems.attempt(
                KEYS + "callback-host",
                "upload.example",
                () -> new CallbackTarget(List.of(URI.create(example)), Optional.of(host))));
  }

  private void account() {
    GrantConfig.Oss oss = config.oss();
    oss.endpoint()
        .ifPresent(endpoint ->
            problems.attempt(
                KEYS + "oss.endpoint",
                "https://oss-cn-hangzhou.aliyuncs.com",
                () -> new OssAddress(endpoint, oss.addressing())));
    oss.accessKeyId()
        .ifPresent(id ->
            problems.attempt(KEYS + "oss.access-key-id", "", () -> new Credentials(id, "-", null)));
    oss.accessKeySecret()
        .ifPresent(secret ->
            problems.attempt(
                KEYS + "oss.access-key-secret", "", () -> new Credentials("-", secret, null)));
    oss.securityToken()
        .ifPresent(token ->
            problems.attempt(
                KEYS + "oss.security-token", "", () -> new Credentials("-", "-", token)));
  }
}
