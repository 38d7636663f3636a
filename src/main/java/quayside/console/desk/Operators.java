package quayside.console.desk;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import quayside.grant.access.AcceptedCredentials;
import quayside.grant.access.ApiKeyMechanism;
import quayside.grant.access.CallerName;

/** Who is an operator. Thread-safe. */
@Singleton
final class Operators {
  private final DeskConfig config;
  private final AcceptedCredentials accepted;

  Operators(DeskConfig config, AcceptedCredentials accepted) {
    this.config = config;
    this.accepted = accepted;
  }

  /** Whether it is somebody who may do more than read. */
  boolean include(SecurityIdentity identity) {
    Optional<String> name = CallerName.of(identity);
    return name.isPresent()
        && (config.operators().orElse(Set.of()).contains(name.get())
            || identity.hasRole(config.operatorRole()));
  }

  /**
   * The name of an operator.
   *
   * @throws DeskRefusedException when it is nobody, or somebody else
   */
  String require(SecurityIdentity identity) {
    String name = CallerName.of(identity).orElseThrow(this::anonymous);
    if (!include(identity)) {
      throw new DeskRefusedException(
          DeskRefusal.NOT_OPERATOR,
          name + " may only read: quayside.console.operators does not name it");
    }
    return name;
  }

  /** What is said to nobody. */
  DeskRefusedException anonymous() {
    return new DeskRefusedException(
        DeskRefusal.UNAUTHENTICATED,
        accepted.none()
            ? AcceptedCredentials.HOW_TO_CONFIGURE
            : "send a bearer token, or an API key in " + ApiKeyMechanism.HEADER);
  }

  /** What is said to somebody we do not know; why not is none of their business. */
  DeskRefusedException unknown() {
    return new DeskRefusedException(
        DeskRefusal.UNAUTHENTICATED,
        accepted.none()
            ? AcceptedCredentials.HOW_TO_CONFIGURE
            : "the bearer token or API key is not valid");
  }
}
