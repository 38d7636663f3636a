package quayside.log;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What log lines look like. Settings of the framework refer to it. */
@Unremovable
@ConfigMapping(prefix = "quayside.log")
interface LogConfig {

  /** Whether a line is JSON; when not set, it is where the output is not a terminal. */
  Optional<Boolean> json();
}
