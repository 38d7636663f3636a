package quayside.oss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** A probe that stored something would be no probe. */
class BucketProbeTest {

  @Test
  void probes_leaveNothingBehind() throws Exception {
    OssConfig config = TestOssConfig.at(LaptopStackResource.running().getProperty("oss.endpoint"));

    try (BucketProbe probe = BucketProbe.open(config);
        AliyunObjectStore store = ObjectStores.create(config)) {
      assertThatCode(() -> probe.read("uploads")).doesNotThrowAnyException();
      assertThatCode(() -> probe.write("uploads")).doesNotThrowAnyException();
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> store.head("uploads", BucketProbe.KEY));
    }
  }
}
