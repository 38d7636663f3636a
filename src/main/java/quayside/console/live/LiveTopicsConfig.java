package quayside.console.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics that tell what happens. */
@ConfigMapping(prefix = "quayside.topics")
interface LiveTopicsConfig {

  /** Topic of the uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** Topic of the thumbnails. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** Topic of the deletions. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();

  /** What events came to in the sinks; internal. */
  @WithDefault("quayside.effects.v1")
  String effects();
}
