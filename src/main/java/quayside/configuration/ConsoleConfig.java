package quayside.configuration;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Of the logging extension's own settings the one that decides what a line looks like. */
@Unremovable
@ConfigMapping(prefix = "quarkus.log.json.console")
public interface ConsoleConfig {

  /** Whether a line is JSON. */
  @WithDefault("true")
  boolean enabled();

  /** What ends the start with this problem, in the form of the log. */
  default InvalidConfigurationException stop(Problem problem) {
    return new InvalidConfigurationException(List.of(problem), enabled());
  }
}
