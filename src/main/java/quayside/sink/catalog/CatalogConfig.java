package quayside.sink.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The catalog sink. */
@ConfigMapping(prefix = "quayside.catalog")
interface CatalogConfig {

  /** Consumer group of the sink; part of the names of its dead letter topics. */
  @WithDefault("quayside-catalog")
  String group();
}
