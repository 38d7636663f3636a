package quayside.grant.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Authenticates requests by the header {@code X-Api-Key}; leaves requests without it to the other
 * mechanisms.
 */
@ApplicationScoped
public class ApiKeyMechanism implements HttpAuthenticationMechanism {
  /** The header with the key. */
  public static final String HEADER = "X-Api-Key";

  /** Attribute of identities that an API key gave. */
  public static final String ATTRIBUTE = "quayside.api-key";

  private final ApiKeys keys;

  ApiKeyMechanism(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identityProviders) {
    List<String> given = context.request().headers().getAll(HEADER);
    if (given.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    if (given.size() > 1) {
      return refused();
    }
    return keys.holderOf(given.getFirst())
        .map(holder -> Uni.createFrom().item(identity(holder)))
        .orElseGet(ApiKeyMechanism::refused);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, null, null));
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    HttpCredentialTransport transport =
        new HttpCredentialTransport(HttpCredentialTransport.Type.OTHER_HEADER, HEADER);
    return Uni.createFrom().item(transport);
  }

  /** Before bearer tokens: who sends a key wants it to be looked at. */
  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1;
  }

  private static SecurityIdentity identity(String holder) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(holder))
        .addAttribute(ATTRIBUTE, true)
        .build();
  }

  private static Uni<SecurityIdentity> refused() {
    return Uni.createFrom().failure(new AuthenticationFailedException("API key not known"));
  }
}
