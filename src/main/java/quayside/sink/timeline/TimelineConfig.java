package quayside.sink.timeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The timeline. */
@ConfigMapping(prefix = "quayside.timeline")
public interface TimelineConfig extends Checked {

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

  @Override
  default void check(Problems problems) {
    String keys = "quayside.timeline.";
    problems.requireKafkaName(keys + "group", group(), "quayside-timeline");
    problems.requirePositive(keys + "retention", retention(), "30D");
    problems.requirePositive(keys + "cleanup-interval", cleanupInterval(), "10m");
  }
}
