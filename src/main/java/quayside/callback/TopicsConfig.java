package quayside.callback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Names of the topics. */
@ConfigMapping(prefix = "quayside.topics")
interface TopicsConfig {

  /** Where uploads are published. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** Where thumbnails are published. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** Where objects that are gone are published; not by the edge. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();
}
