package quayside.oss;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A configuration for tests: an endpoint on this machine, short patience. */
record TestOssConfig(
    Optional<URI> endpoint, Optional<String> accessKeyId, Optional<String> accessKeySecret)
    implements OssConfig {

  static TestOssConfig at(String endpoint) {
    return new TestOssConfig(
        Optional.of(URI.create(endpoint)), Optional.of("local"), Optional.of("local-secret"));
  }

  @Override
  public String region() {
    return "cn-hangzhou";
  }

  @Override
  public boolean pathStyle() {
    return false;
  }

  @Override
  public Optional<String> securityToken() {
    return Optional.empty();
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration readTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public int maxConnections() {
    return 4;
  }

  @Override
  public int maxAttempts() {
    return 1;
  }
}
