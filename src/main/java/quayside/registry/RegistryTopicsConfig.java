package quayside.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Names of the topics, after which the subjects are named. */
@ConfigMapping(prefix = "quayside.topics")
interface RegistryTopicsConfig {

  /** Topic of the uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** Topic of the thumbnails. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** Topic of the deletions. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();

  /** Topic of the states. */
  @WithDefault("oss.object.state.v1")
  String objectState();
}
