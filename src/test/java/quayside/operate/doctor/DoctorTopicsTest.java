package quayside.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quayside.sink.GroupTopics;

/** The doctor knows every topic that the service writes. */
class DoctorTopicsTest {
  private static final DoctorConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(DoctorConfig.class)
          .build()
          .getConfigMapping(DoctorConfig.class);

  @Test
  void defaults_areTheTopicsOfTheDesign() {
    assertThat(DoctorTopics.written(CONFIG, Map.of()))
        .hasSize(5 + 2 * (3 + 3 + 1))
        .startsWith(
            "oss.object.uploaded.v1",
            "oss.object.thumbnailed.v1",
            "oss.object.deleted.v1",
            "oss.object.state.v1",
            "quayside.effects.v1")
        .contains(
            GroupTopics.retry("oss.object.uploaded.v1", "quayside-thumbnail"),
            GroupTopics.deadLetters("oss.object.deleted.v1", "quayside-search"),
            GroupTopics.deadLetters("oss.object.thumbnailed.v1", "quayside-catalog"))
        .doesNotContain(GroupTopics.retry("oss.object.deleted.v1", "quayside-thumbnail"));
  }

  @Test
  void renamedGroup_hasItsOwn() {
    assertThat(DoctorTopics.written(CONFIG, Map.of("search", "mine")))
        .contains("oss.object.uploaded.v1.mine.dlq")
        .noneMatch(topic -> topic.contains("quayside-search"));
  }

  @Test
  void groupOfNoSink_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoctorTopics.written(CONFIG, Map.of("serach", "mine")))
        .withMessage("--group serach=mine: the sinks are [catalog, search, thumbnail]");
  }
}
