package quayside.laptop.oss;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import quayside.laptop.oss.signature.Credentials;

/**
 * How a stand-in is set up. Start from {@link #at} and change what differs.
 *
 * @param dataDirectory where objects and the signing key live; created when missing
 * @param port port on 127.0.0.1, 0 for any free one
 * @param buckets the buckets that exist, at least one; the first is the default for hosts of the
 *     user's own
 * @param credentials the keys that may use it, at least one
 * @param region region of V4 signatures, without the {@code oss-} prefix
 * @param ownerId account id in listings and callbacks
 * @param publicCallbacksOnly whether callbacks to loopback are refused, as the real service does
 * @param callbackTimeout limit of one callback attempt; five seconds unless a test shortens it
 * @param clock for dates, expiry and request ids
 */
public record OssStandInConfig(
    Path dataDirectory,
    int port,
    List<String> buckets,
    List<Credentials> credentials,
    String region,
    String ownerId,
    boolean publicCallbacksOnly,
    Duration callbackTimeout,
    Clock clock) {

  public static final int DEFAULT_PORT = 9000;
  public static final String DEFAULT_BUCKET = "uploads";
  public static final String DEFAULT_ACCESS_KEY_ID = "local";
  public static final String DEFAULT_ACCESS_KEY_SECRET = "local-secret";
  public static final String DEFAULT_REGION = "cn-hangzhou";
  public static final String DEFAULT_OWNER_ID = "1000000000000001";

  /**
   * OSS documentation: 3 to 63 characters, lower-case letters, digits, hyphens, not at the ends.
   */
  private static final String BUCKET_NAME = "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";

  public OssStandInConfig {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(clock, "clock");
    buckets = List.copyOf(buckets);
    credentials = List.copyOf(credentials);
    require(port >= 0 && port <= 65_535, "port " + port + " is not between 0 and 65535");
    require(!buckets.isEmpty(), "buckets is empty");
    buckets.forEach(
        b -> require(b.matches(BUCKET_NAME), "buckets has " + b + ", not a valid bucket name"));
    require(!credentials.isEmpty(), "credentials is empty");
    require(!region.isBlank(), "region is blank");
    require(ownerId.matches("[0-9]+"), "ownerId " + ownerId + " is not a number");
    require(
        callbackTimeout.isPositive(), "callbackTimeout " + callbackTimeout + " is not positive");
  }

  private static void require(boolean rule, String message) {
    if (!rule) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The defaults of {@code make run}, in the given directory. */
  public static OssStandInConfig at(Path dataDirectory) {
    return new OssStandInConfig(
        dataDirectory,
        DEFAULT_PORT,
        List.of(DEFAULT_BUCKET),
        List.of(new Credentials(DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET)),
        DEFAULT_REGION,
        DEFAULT_OWNER_ID,
        false,
        Duration.ofSeconds(5),
        Clock.systemUTC());
  }

  public OssStandInConfig withPort(int changed) {
    return new OssStandInConfig(
        dataDirectory,
        changed,
        buckets,
        credentials,
        region,
        ownerId,
        publicCallbacksOnly,
        callbackTimeout,
        clock);
  }

  public OssStandInConfig withBuckets(List<String> changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        changed,
        credentials,
        region,
        ownerId,
        publicCallbacksOnly,
        callbackTimeout,
        clock);
  }

  public OssStandInConfig withCredentials(List<Credentials> changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        buckets,
        changed,
        region,
        ownerId,
        publicCallbacksOnly,
        callbackTimeout,
        clock);
  }

  public OssStandInConfig withRegion(String changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        buckets,
        credentials,
        changed,
        ownerId,
        publicCallbacksOnly,
        callbackTimeout,
        clock);
  }

  public OssStandInConfig withPublicCallbacksOnly(boolean changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        buckets,
        credentials,
        region,
        ownerId,
        changed,
        callbackTimeout,
        clock);
  }

  public OssStandInConfig withCallbackTimeout(Duration changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        buckets,
        credentials,
        region,
        ownerId,
        publicCallbacksOnly,
        changed,
        clock);
  }

  public OssStandInConfig withClock(Clock changed) {
    return new OssStandInConfig(
        dataDirectory,
        port,
        buckets,
        credentials,
        region,
        ownerId,
        publicCallbacksOnly,
        callbackTimeout,
        changed);
  }
}
