package quayside.sink.timeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics whose names say what their records are. */
@ConfigMapping(prefix = "quayside.topics")
interface TimelineTopicsConfig {

  /** What events came to in the sinks; internal. */
  @WithDefault("quayside.effects.v1")
  String effects();
}
