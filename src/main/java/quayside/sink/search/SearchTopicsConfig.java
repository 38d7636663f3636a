package quayside.sink.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics an index can be built from. */
@ConfigMapping(prefix = "quayside.topics")
interface SearchTopicsConfig {

  /** Topic of the uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** Topic of the thumbnails. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** Topic of the deletions. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();
}
