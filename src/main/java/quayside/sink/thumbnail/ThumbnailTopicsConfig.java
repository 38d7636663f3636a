package quayside.sink.thumbnail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topic thumbnails can be regenerated from. */
@ConfigMapping(prefix = "quayside.topics")
interface ThumbnailTopicsConfig {

  /** Topic of the uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();
}
