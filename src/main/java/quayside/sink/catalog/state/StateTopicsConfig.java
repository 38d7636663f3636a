package quayside.sink.catalog.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics that are read, and the one that is written. */
@ConfigMapping(prefix = "quayside.topics")
interface StateTopicsConfig {

  /** Topic of the uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** Topic of the thumbnails. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** Topic of the deletions. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();

  /** Topic of the states; compacted. */
  @WithDefault("oss.object.state.v1")
  String objectState();
}
