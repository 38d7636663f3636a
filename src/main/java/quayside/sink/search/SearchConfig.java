package quayside.sink.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The search sink and its API. */
@ConfigMapping(prefix = "quayside.search")
interface SearchConfig {

  /** Consumer group of the sink; part of the names of its dead letter topics. */
  @WithDefault("quayside-search")
  String group();

  /** Longest time one search may take in the engine; then the answer is {@code search-timeout}. */
  @WithDefault("2s")
  Duration timeout();
}
