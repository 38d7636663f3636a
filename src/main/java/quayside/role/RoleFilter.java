package quayside.role;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Resources of roles that are off do not exist: whoever asks for one is answered what a path that
 * nobody knows is answered. Decided for each request, since which resources there are is settled
 * when a native image is built.
 */
@Singleton
final class RoleFilter {
  /** No resource's. */
  private static final URI NOWHERE = URI.create("/q-none");

  /** Asked for with a request: filters are made before the configuration of a start is there. */
  private final Instance<Roles> roles;

  RoleFilter(Instance<Roles> roles) {
    this.roles = roles;
  }

  /** Before the resource is looked for. */
  @ServerRequestFilter(preMatching = true)
  void hide(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    for (Role role : Role.values()) {
      if (role.serves(path) && !roles.get().include(role)) {
        request.setRequestUri(NOWHERE);
      }
    }
  }
}
