package quayside.callback.rule;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part {@code quayside.callback.rules} of the edge's configuration. */
public interface BucketRulesConfig {

  /**
   * Only count what breaks these rules, refuse and mark nothing: to try rules on real traffic. Does
   * not loosen {@code quayside.callback.buckets}.
   */
  @WithDefault("false")
  boolean dryRun();

  /**
   * Buckets that are allowed. With the action {@code refuse} the same as {@code
   * quayside.callback.buckets}; where both are set, both hold.
   */
  Optional<List<String>> allowedBuckets();

  /** What becomes of callbacks of other buckets; {@code refuse} when not set. */
  Optional<RuleAction> bucketAction();

  /**
   * Rules by the name of the bucket; those of {@code *} hold for every bucket that has none of that
   * kind, and for callbacks that name no bucket.
   */
  Map<String, Rules> buckets();

  /** The rules of one bucket. Actions are {@code refuse} when not set. */
  interface Rules {
    /** Beginnings of allowed keys; {@code *} allows every key. */
    Optional<List<String>> keyPrefixes();

    /** What becomes of other keys. */
    Optional<RuleAction> keyAction();

    /**
     * Account ids of allowed owners; {@code *} allows every owner that is known. From an unsigned
     * header.
     */
    Optional<List<String>> owners();

    /** What becomes of other owners. */
    Optional<RuleAction> ownerAction();

    /** Smallest allowed object, in bytes. */
    Optional<MemorySize> minSize();

    /** Largest allowed object, in bytes. */
    Optional<MemorySize> maxSize();

    /** What becomes of other sizes. */
    Optional<RuleAction> sizeAction();

    /**
     * Allowed content types without parameters, such as {@code image/png} or {@code image/*};
     * {@code *} allows every type.
     */
    Optional<List<String>> types();

    /** What becomes of other types. */
    Optional<RuleAction> typeAction();
  }
}
