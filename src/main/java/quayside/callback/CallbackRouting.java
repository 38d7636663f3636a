package quayside.callback;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * Puts the edge before and after all other routes of the HTTP port. Where no callbacks are
 * received, the edge is not even made.
 */
@Singleton
final class CallbackRouting {
  /** Before everything that looks at the path; the value itself has no meaning. */
  private static final int FIRST = 1000;

  private final Roles roles;
  private final Instance<CallbackRoute> route;

  CallbackRouting(Roles roles, Instance<CallbackRoute> route) {
    this.roles = roles;
    this.route = route;
  }

  void beforeOthers(@Observes Filters filters) {
    if (roles.include(Role.CALLBACK)) {
      filters.register(route.get()::admit, FIRST);
    }
  }

  void afterOthers(@Observes Router router) {
    if (roles.include(Role.CALLBACK)) {
      router.route().last().handler(route.get()::refuse);
    }
  }
}
