package quayside.role;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;
import java.util.Set;

/** What an instance does. */
@Unremovable
@ConfigMapping(prefix = "quayside.roles")
public interface RolesConfig {

  /** The roles that are on; empty for all that the application has. */
  @WithParentName
  Optional<Set<Role>> roles();

  /** The same. */
  default Roles on() {
    return roles().map(Roles::of).orElseGet(Roles::all);
  }
}
