package quayside.callback;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import quayside.LaptopStackResource;

/**
 * The service with the paths of the vectors beside the default, a test key, a small body limit, a
 * real broker.
 */
public final class CallbackHttpProfile implements QuarkusTestProfile {
  static final int MAX_BODY_SIZE = 64 * 1024;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quayside.callback.paths",
        "/oss/callback,/oss/any/*,/,/index.php,/api/any,/api/AliYunOssCallback,/temp/oss/index.php",
        "quayside.callback.max-body-size",
        Integer.toString(MAX_BODY_SIZE),
        "quayside.callback.rules.buckets.ruled-bucket.key-prefixes",
        "photos/",
        "quayside.callback.rules.buckets.ruled-bucket.max-size",
        "1K",
        "quayside.callback.rules.buckets.ruled-bucket.size-action",
        "mark");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(LaptopStackResource.class),
        new TestResourceEntry(CallbackTestKeyResource.class));
  }
}
