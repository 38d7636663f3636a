package quayside.console.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** What the console shows as it happens. */
@ConfigMapping(prefix = "quayside.console")
public interface LiveConfig extends Checked {

  /** Event streams at a time; beyond it {@code too-many-streams}. */
  @WithDefault("200")
  int maxStreams();

  /** What this instance is called where it tells of itself; on Kubernetes the name of the pod. */
  @WithDefault("${HOSTNAME:local}")
  String instance();

  @Override
  default void check(Problems problems) {
    problems.requireAtLeast(1, "quayside.console.max-streams", maxStreams(), "200");
  }
}
