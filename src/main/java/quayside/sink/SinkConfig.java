package quayside.sink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What all sinks share. */
@ConfigMapping(prefix = "quayside.sink")
public interface SinkConfig {

  /**
   * First pause before a batch is tried again while a dependency is down; doubles each time, with
   * jitter.
   */
  @WithDefault("200ms")
  Duration retryDelay();

  /** Longest pause between two tries. */
  @WithDefault("30s")
  Duration maxRetryDelay();

  /** How often an event that fails for no known reason is tried before it is set aside. */
  @WithDefault("3")
  int unexpectedFailureAttempts();
}
