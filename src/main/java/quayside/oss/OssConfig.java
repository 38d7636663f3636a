package quayside.oss;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** How the buckets are reached. */
@ConfigMapping(prefix = "quayside.oss")
public interface OssConfig extends Checked {

  /** Region of the buckets, such as {@code cn-hangzhou}; part of every signature. */
  @WithDefault("cn-hangzhou")
  String region();

  /**
   * Where OSS answers; absent, the region's public endpoint. An internal endpoint costs no traffic.
   */
  Optional<URI> endpoint();

  /** Bucket in the path instead of the host name. OSS itself wants it in the host name. */
  @WithDefault("false")
  boolean pathStyle();

  /**
   * Access key id; absent, the SDK's environment variables OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET
   * and OSS_SESSION_TOKEN.
   */
  Optional<String> accessKeyId();

  /** Secret of the access key. */
  Optional<String> accessKeySecret();

  /** Token of temporary credentials. */
  Optional<String> securityToken();

  /** Longest wait for a connection to open. */
  @WithDefault("5s")
  Duration connectTimeout();

  /** Longest silence on a connection. */
  @WithDefault("20s")
  Duration readTimeout();

  /** Connections at most, to all buckets together. */
  @WithDefault("32")
  int maxConnections();

  /** Tries per request, with pauses, before it counts as failed. */
  @WithDefault("3")
  int maxAttempts();

  @Override
  default void check(Problems problems) {
    String keys = "quayside.oss.";
    problems.require(
        accessKeyId().isPresent() || accessKeySecret().isEmpty(),
        keys + "access-key-id",
        "must be set, since access-key-secret is",
        "LTAI5tExample");
    problems.require(
        accessKeySecret().isPresent() || accessKeyId().isEmpty(),
        keys + "access-key-secret",
        "must be set, since access-key-id is",
        "");
    problems.requirePositive(keys + "connect-timeout", connectTimeout(), "5s");
    problems.requirePositive(keys + "read-timeout", readTimeout(), "20s");
    problems.requireAtLeast(1, keys + "max-connections", maxConnections(), "32");
    problems.requireAtLeast(1, keys + "max-attempts", maxAttempts(), "3");
  }
}
