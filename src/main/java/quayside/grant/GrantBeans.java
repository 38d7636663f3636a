package quayside.grant;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quayside.grant.access.AcceptedCredentials;
import quayside.grant.access.ApiKeys;
import quayside.grant.signature.Credentials;
import quayside.grant.signature.OssAddress;
import quayside.grant.signature.PolicySigner;
import quayside.grant.signature.UrlPresigner;
import quayside.grant.template.CallbackTarget;
import quayside.grant.template.CallbackTemplate;
import quayside.grant.template.SystemVariable;
import quayside.grant.token.GrantKeySource;
import quayside.grant.token.GrantKeys;
import quayside.grant.token.GrantTokens;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.UploadTickets;
import quayside.grant.token.UsedGrants;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * Puts grants together from their configuration; anything wrong there stops the start with a
 * message that says what.
 */
@Dependent
class GrantBeans {
  private static final Logger LOG = Logger.getLogger(GrantBeans.class);

  /** What is missing is said at the start, not when somebody asks. */
  void begin(
      @Observes StartupEvent started,
      Roles roles,
      Instance<AcceptedCredentials> credentials,
      Instance<GrantDesk> desk) {
    if (roles.include(Role.GRANTS)) {
      credentials.get();
      desk.get();
    }
  }

  @Produces
  @Singleton
  GrantKeys keys(GrantConfig config, MeterRegistry metrics) {
    GrantKeys keys =
        new GrantKeys(
            new GrantKeySource(config.keys(), config.keyDirectory(), config.signingKey()));
    Gauge.builder("quayside.grant.keys", keys, k -> k.current().keys().size())
        .description("Token keys in force")
        .register(metrics);
    return keys;
  }

  @Produces
  @Singleton
  GrantVerifier verifier(GrantKeys keys, Clock clock) {
    return new GrantVerifier(keys::current, clock);
  }

  @Produces
  @Singleton
  UsedGrants usedGrants(GrantConfig config, Clock clock, MeterRegistry metrics) {
    UsedGrants used = new UsedGrants(config.rememberedGrants(), clock);
    Gauge.builder("quayside.grant.used", used, UsedGrants::size)
        .description("Used grants remembered")
        .register(metrics);
    FunctionCounter.builder("quayside.grant.used.forgotten", used, UsedGrants::forgotten)
        .description("Used grants forgotten before their time")
        .register(metrics);
    return used;
  }

  @Produces
  @Singleton
  ApiKeys apiKeys(GrantConfig config) {
    return new ApiKeys(config.apiKeys());
  }

  @Produces
  @Singleton
  AcceptedCredentials acceptedCredentials(ApiKeys apiKeys, JWTAuthContextInfo jwt) {
    boolean bearerTokens =
        jwt.getPublicKeyLocation() != null
            || jwt.getPublicKeyContent() != null
            || jwt.getPublicVerificationKey() != null
            || jwt.getSecretVerificationKey() != null
            || jwt.getSecretKeyContent() != null;
    AcceptedCredentials accepted = new AcceptedCredentials(!apiKeys.isEmpty(), bearerTokens);
    if (accepted.none()) {
      LOG.infof("POST /api/grants: %s", AcceptedCredentials.HOW_TO_CONFIGURE);
    }
    return accepted;
  }

  @Produces
  @Singleton
  GrantDesk desk(GrantConfig config, GrantKeys keys, Clock clock, MeterRegistry metrics) {
    GrantRules rules = new GrantRules(GrantLimits.of(config), new SecureRandom(), clock);
    List<String> missing = missingSettings(config);
    Optional<GrantIssuer> issuer =
        missing.isEmpty() ? Optional.of(issuer(config, rules, keys, clock)) : Optional.empty();
    if (issuer.isEmpty()) {
      LOG.infof("POST /api/grants issues none; missing: %s", missing);
    }
    return new GrantDesk(issuer, missing, keys, metrics);
  }

  private static GrantIssuer issuer(
      GrantConfig config, GrantRules rules, GrantKeys keys, Clock clock) {
    GrantConfig.Oss oss = config.oss();
    Credentials credentials =
        new Credentials(
            oss.accessKeyId().orElseThrow(),
            oss.accessKeySecret().orElseThrow(),
            oss.securityToken().orElse(null));
    OssAddress address = new OssAddress(oss.endpoint().orElseThrow(), oss.addressing());
    String region = oss.region().orElseThrow();
    List<URI> urls = config.callbackUrls().orElseThrow();
    CallbackTemplate template =
        new CallbackTemplate(
            new CallbackTarget(urls, config.callbackHost()),
            config.callbackBodyType(),
            new LinkedHashSet<>(EnumSet.allOf(SystemVariable.class)));
    UrlPresigner presigner = new UrlPresigner(address, region, credentials, clock);
    return new GrantIssuer(
        rules,
        new GrantTokens(keys::current),
        template,
        presigner,
        new PolicySigner(address, region, credentials, clock),
        new MultipartIssuer(
            new UploadTickets(keys::current, clock), presigner, config.maxParts(), clock));
  }

  private static List<String> missingSettings(GrantConfig config) {
    List<String> missing = new ArrayList<>();
    GrantConfig.Oss oss = config.oss();
    addUnless(oss.accessKeyId().isPresent(), "quayside.grant.oss.access-key-id", missing);
    addUnless(oss.accessKeySecret().isPresent(), "quayside.grant.oss.access-key-secret", missing);
    addUnless(oss.region().isPresent(), "quayside.grant.oss.region", missing);
    addUnless(oss.endpoint().isPresent(), "quayside.grant.oss.endpoint", missing);
    addUnless(config.callbackUrls().isPresent(), "quayside.grant.callback-urls", missing);
    addUnless(!config.buckets().isEmpty(), "quayside.grant.buckets", missing);
    return missing;
  }

  private static void addUnless(boolean present, String setting, List<String> missing) {
    if (!present) {
      missing.add(setting);
    }
  }
}
