package quayside.role;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The roles of this instance, for whatever begins by itself. */
@Dependent
class RoleBeans {
  private static final Logger LOG = Logger.getLogger(RoleBeans.class);

  @Produces
  @Singleton
  Roles roles(RolesConfig config) {
    Roles roles = config.on();
    LOG.infof("roles: %s", config.roles().isPresent() ? roles : "all");
    return roles;
  }
}
