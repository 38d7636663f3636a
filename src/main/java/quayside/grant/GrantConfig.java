package quayside.grant;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;
import quayside.grant.signature.OssAddress;
import quayside.grant.template.BodyType;

/**
 * Which uploads are granted, to whom, and how they are signed. Checked when the service starts. Who
 * asks is known by {@code api-keys} here, or by bearer tokens (standard keys {@code
 * mp.jwt.verify.*}); without either, nobody is.
 */
@ConfigMapping(prefix = "quayside.grant")
public interface GrantConfig extends Checked {

  /** Buckets that uploads are granted for, by name; none by default. */
  Map<String, Bucket> buckets();

  /** Bucket of requests that name none. Not needed when there is only one. */
  Optional<String> defaultBucket();

  /** How long a grant can be used, when the request does not say. */
  @WithDefault("15M")
  Duration lifetime();

  /** How long a request may ask for; at most 7 days. */
  @WithDefault("1H")
  Duration maxLifetime();

  /**
   * How long an upload may take that begins just before its grant ends: the token in its callback
   * is good this much longer than the signature.
   */
  @WithDefault("1H")
  Duration uploadTime();

  /** Most parts of a multipart upload; OSS takes 10,000. Each costs some 600 bytes of answer. */
  @WithDefault("1000")
  int maxParts();

  /** Secrets that sign tokens, by key id (letters, digits, _ and -); each at least 32 bytes. */
  Map<String, String> keys();

  /**
   * Directory with further secrets, one file for each, named by its key id; such as a mounted
   * Kubernetes Secret. A file {@code signing-key} names the key that signs. Read again while the
   * service runs.
   */
  Optional<Path> keyDirectory();

  /**
   * Id of the key that signs; else what the directory says; else the last id in alphabetical order.
   */
  Optional<String> signingKey();

  /** How often the key directory is read. */
  @WithDefault("10S")
  Duration keyRefresh();

  /**
   * Used grants remembered at most, about 150 bytes each; see the metric
   * quayside.grant.used.forgotten.
   */
  @WithDefault("100000")
  int rememberedGrants();

  /** Where OSS calls back: this service, as OSS can reach it. Up to five URLs, tried in turn. */
  Optional<List<URI>> callbackUrls();

  /** The Host header of callbacks, when it is not the URL's. */
  Optional<String> callbackHost();

  /** How callback bodies are written: form (any value is escaped safely) or json. */
  @WithDefault("form")
  BodyType callbackBodyType();

  /**
   * SHA-256 of API keys in hexadecimal digits, by the name of their holder; several while a key is
   * replaced.
   */
  Map<String, List<String>> apiKeys();

  /**
   * Bearer tokens with this group may ask for grants in the name of others; API keys always may.
   */
  @WithDefault("grant-delegate")
  String delegateRole();

  /** The account that signs. */
  Oss oss();

  @Override
  default void check(Problems problems) {
    GrantConfigCheck.check(this, problems);
  }

  /** A bucket that uploads are granted for. */
  interface Bucket {
    /**
     * Beginnings of the keys that may be granted, or * for every key. {@code {subject}} stands for
     * the subject of the grant and must be followed by a slash.
     */
    List<String> prefixes();

    /** Largest object. */
    @WithDefault("100M")
    MemorySize maxSize();
  }

  /** The account that signs, and where its buckets are. */
  interface Oss {
    /**
     * AccessKey id. Its RAM policy needs oss:PutObject on the buckets, and oss:AbortMultipartUpload
     * where uploads in parts are given up; nothing else.
     */
    Optional<String> accessKeyId();

    /** AccessKey secret. */
    Optional<String> accessKeySecret();

    /** Token of temporary (STS) credentials. */
    Optional<String> securityToken();

    /** Region, such as cn-hangzhou. */
    @WithDefault("${quayside.region:}")
    Optional<String> region();

    /** Endpoint as the uploaders reach it, such as https://oss-cn-hangzhou.aliyuncs.com. */
    Optional<URI> endpoint();

    /**
     * Where the bucket stands in URLs: virtual-host, path, or cname (the endpoint is the bucket's
     * own domain).
     */
    @WithDefault("virtual-host")
    OssAddress.Style addressing();
  }
}
