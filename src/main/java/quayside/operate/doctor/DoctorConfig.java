package quayside.operate.doctor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics that the service writes. */
@ConfigMapping(prefix = "quayside.topics")
public interface DoctorConfig {

  /** The uploads. */
  @WithDefault("oss.object.uploaded.v1")
  String objectUploaded();

  /** The thumbnails. */
  @WithDefault("oss.object.thumbnailed.v1")
  String objectThumbnailed();

  /** What is gone. */
  @WithDefault("oss.object.deleted.v1")
  String objectDeleted();

  /** The state of every object. */
  @WithDefault("oss.object.state.v1")
  String objectState();

  /** What events came to in the sinks. */
  @WithDefault("quayside.effects.v1")
  String effects();
}
