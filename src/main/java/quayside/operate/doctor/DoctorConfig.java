package quayside.operate.doctor;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The topics that the service writes. */
@Unremovable
@ConfigMapping(prefix = "quayside.topics")
public interface DoctorConfig extends Checked {

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

  @Override
  default void check(Problems problems) {
    String keys = "quayside.topics.";
    problems.requireKafkaName(keys + "object-uploaded", objectUploaded(), "oss.object.uploaded.v1");
    problems.requireKafkaName(
        keys + "object-thumbnailed", objectThumbnailed(), "oss.object.thumbnailed.v1");
    problems.requireKafkaName(keys + "object-deleted", objectDeleted(), "oss.object.deleted.v1");
    problems.requireKafkaName(keys + "object-state", objectState(), "oss.object.state.v1");
    problems.requireKafkaName(keys + "effects", effects(), "quayside.effects.v1");
  }
}
