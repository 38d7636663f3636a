package quayside.grant;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import quayside.grant.signature.PutToSign;

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
    if (defaultBucket.isPresent() && !buckets.containsKey(defaultBucket.get())) {
      throw new IllegalArgumentException(
          "quayside.grant.default-bucket "
              + defaultBucket.get()
              + " must be one of "
              + buckets.keySet());
    }
    if (maxLifetime.compareTo(PutToSign.MAX_VALIDITY) > 0 || maxLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "quayside.grant.max-lifetime " + maxLifetime + " must be from 1 second to 7 days");
    }
    if (lifetime.compareTo(maxLifetime) > 0 || lifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "quayside.grant.lifetime " + lifetime + " must be from 1 second to max-lifetime");
    }
    if (uploadTime.isNegative()) {
      throw new IllegalArgumentException(
          "quayside.grant.upload-time " + uploadTime + " must not be negative");
    }
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

  private static BucketRules rules(String name, GrantConfig.Bucket bucket) {
    try {
      return new BucketRules(bucket.prefixes(), bucket.maxSize().asLongValue());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "quayside.grant.buckets." + name + ": " + e.getMessage(), e);
    }
  }
}
