package quayside.grant;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quayside.configuration.InvalidValueException;
import quayside.configuration.Problem;
import quayside.grant.signature.RequestToSign;

/**
 * The configured limits of all grants.
 *
 * @param buckets rules by bucket name
 * @param defaultBucket bucket of requests that name none
 * @param lifetime of grants whose request does not say
 * @param maxLifetime that a request may ask for
 * @param uploadTime how much longer than the signature the token is good
 */
record GrantLimits(
    Map<String, BucketRules> buckets,
    Optional<String> defaultBucket,
    Duration lifetime,
    Duration maxLifetime,
    Duration uploadTime) {
  GrantLimits {
    buckets = Map.copyOf(buckets);
    if (defaultBucket.isEmpty() && buckets.size() == 1) {
      defaultBucket = buckets.keySet().stream().findAny();
    }
    requireOneOf(buckets.keySet(), defaultBucket);
    requireMaxLifetime(maxLifetime);
    requireLifetime(lifetime, maxLifetime);
    requireUploadTime(uploadTime);
  }

  static Optional<String> requireOneOf(Set<String> buckets, Optional<String> defaultBucket) {
    if (defaultBucket.isPresent() && !buckets.contains(defaultBucket.get())) {
      throw invalid("default-bucket", defaultBucket.get(), "must be one of " + buckets, "uploads");
    }
    return defaultBucket;
  }

  static Duration requireMaxLifetime(Duration longest) {
    if (longest.compareTo(RequestToSign.MAX_VALIDITY) > 0 || longest.toSeconds() < 1) {
      throw invalid("max-lifetime", longest, "must be from 1 second to 7 days", "1H");
    }
    return longest;
  }

  static Duration requireLifetime(Duration lifetime, Duration longest) {
    if (lifetime.compareTo(longest) > 0 || lifetime.toSeconds() < 1) {
      throw invalid("lifetime", lifetime, "must be from 1 second to max-lifetime", "15M");
    }
    return lifetime;
  }

  static Duration requireUploadTime(Duration time) {
    if (time.isNegative()) {
      throw invalid("upload-time", time, "must not be negative", "1H");
    }
    return time;
  }

  static GrantLimits of(GrantConfig config) {
    Map<String, BucketRules> buckets = new TreeMap<>();
    config.buckets().forEach((name, bucket) -> buckets.put(name, rules(name, bucket)));
    return new GrantLimits(
        buckets,
        config.defaultBucket(),
        config.lifetime(),
        config.maxLifetime(),
        config.uploadTime());
  }

  static BucketRules rules(String name, GrantConfig.Bucket bucket) {
    try {
      return new BucketRules(bucket.prefixes(), bucket.maxSize().asLongValue());
    } catch (IllegalArgumentException e) {
      throw invalid("buckets." + name, null, String.valueOf(e.getMessage()), "prefixes=photos/");
    }
  }

  private static InvalidValueException invalid(
      String key, @Nullable Object value, String rule, String example) {
    String shown = value == null ? null : value.toString();
    return new Problem("quayside.grant." + key, shown, rule, example).exception();
  }
}
