package quayside.grant.access;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** What authenticated callers are called. Stateless. */
public final class CallerName {
  private CallerName() {}

  /**
   * The name of an API key's holder, or the subject ({@code sub}) of a bearer token; empty when
   * nobody is authenticated, or the token names no subject.
   */
  public static Optional<String> of(SecurityIdentity identity) {
    if (identity.isAnonymous()) {
      return Optional.empty();
    }
    @Nullable String name =
        identity.getPrincipal() instanceof JsonWebToken token
            ? token.getSubject()
            : identity.getPrincipal().getName();
    return Optional.ofNullable(name).filter(text -> !text.isEmpty());
  }
}
