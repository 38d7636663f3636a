package quayside.sink.catalog.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The topic with the state of every object. */
@ConfigMapping(prefix = "quayside.state")
public interface StateConfig extends Checked {

  /** Whether it is written. */
  @WithDefault("true")
  boolean enabled();

  /** Consumer group of whoever writes it; its position is what new subscribers begin from. */
  @WithDefault("quayside-state")
  String group();

  @Override
  default void check(Problems problems) {
    problems.requireKafkaName("quayside.state.group", group(), "quayside-state");
  }
}
