package quayside.role;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The roles of this instance, for whatever begins by itself. */
@Dependent
class RoleBeans {

  @Produces
  @Singleton
  Roles roles(RolesConfig config) {
    return config.on();
  }
}
