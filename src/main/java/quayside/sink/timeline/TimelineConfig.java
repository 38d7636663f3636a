package quayside.sink.timeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The timeline. */
@ConfigMapping(prefix = "quayside.timeline")
interface TimelineConfig {

  /** Whether it is written. */
  @WithDefault("true")
  boolean enabled();

  /** Consumer group of the sink. */
  @WithDefault("quayside-timeline")
  String group();

  /** How long entries are kept. */
  @WithDefault("30D")
  Duration retention();

  /** How often older ones are deleted. */
  @WithDefault("10m")
  Duration cleanupInterval();
}
