package quayside.sink;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;
import quayside.role.Roles;

/** Of the framework's own settings the one without which there is no database. */
@Unremovable
@ConfigMapping(prefix = "quarkus.datasource.jdbc")
interface DatabaseConfig extends Checked {

  /** Where PostgreSQL is. */
  Optional<String> url();

  @Override
  default void check(Problems problems) {
    Roles roles = problems.roles();
    problems.require(
        url().isPresent() || !roles.needDatabase(),
        "quarkus.datasource.jdbc.url",
        "must be set for the roles " + roles,
        "jdbc:postgresql://postgres:5432/quayside");
  }
}
