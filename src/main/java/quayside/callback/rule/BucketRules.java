package quayside.callback.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.callback.rule.Verdict.Violation;
import quayside.configuration.Problems;
import quayside.event.ObjectUploaded;

/**
 * All rules, compiled. A callback that meets them, or for which there are none, costs no
 * allocation. Immutable and thread-safe.
 */
public final class BucketRules {
  /** Names the rules of buckets that have none of their own. */
  static final String EVERY_BUCKET = "*";

  private final List<AllowedBuckets> allowed;
  private final Map<String, List<Rule>> byBucket;
  private final List<Rule> defaults;
  private final boolean dryRun;

  private BucketRules(
      List<AllowedBuckets> allowed, Map<String, List<Rule>> byBucket, boolean dryRun) {
    this.allowed = List.copyOf(allowed);
    this.byBucket = Map.copyOf(byBucket);
    this.defaults = byBucket.getOrDefault(EVERY_BUCKET, List.of());
    this.dryRun = dryRun;
  }

  /** A list of buckets and what becomes of all others. */
  private record AllowedBuckets(Set<String> names, RuleAction action, boolean dryRun) {
    boolean contain(@Nullable String bucket) {
      return bucket != null && names.contains(bucket);
    }
  }

  /**
   * Compiles the configuration.
   *
   * @param shortForm {@code quayside.callback.buckets}: refuses, dry run or not
   * @throws IllegalArgumentException naming key, value, rule and an example
   */
  public static BucketRules of(BucketRulesConfig config, Optional<List<String>> shortForm) {
    List<AllowedBuckets> allowed = new ArrayList<>();
    shortForm
        .map(names -> RuleCompiler.bucketNames("quayside.callback.buckets", names))
        .ifPresent(names -> allowed.add(new AllowedBuckets(names, RuleAction.REFUSE, false)));
    RuleCompiler.allowedBuckets(config)
        .ifPresent(names ->
            allowed.add(
                new AllowedBuckets(
                    names, config.bucketAction().orElse(RuleAction.REFUSE), config.dryRun())));
    Map<String, List<Rule>> byBucket = new HashMap<>();
    config
        .buckets()
        .forEach((name, rules) -> byBucket.put(name, new RuleCompiler(name, rules).compile()));
    List<Rule> defaults = byBucket.getOrDefault(EVERY_BUCKET, List.of());
    byBucket.replaceAll((name, own) -> completed(own, defaults));
    return new BucketRules(allowed, byBucket, config.dryRun());
  }

  /**
   * Tells what is wrong with the configuration.
   *
   * @param shortForm {@code quayside.callback.buckets}
   */
  public static void check(
      BucketRulesConfig config, Optional<List<String>> shortForm, Problems problems) {
    shortForm.ifPresent(names ->
        problems.attempt(() -> RuleCompiler.bucketNames("quayside.callback.buckets", names)));
    problems.attempt(() -> RuleCompiler.allowedBuckets(config));
    config.buckets().forEach((name, rules) -> new RuleCompiler(name, rules).check(problems));
  }

  private static List<Rule> completed(List<Rule> own, List<Rule> defaults) {
    List<Rule> all = new ArrayList<>(own);
    for (Rule rule : defaults) {
      if (own.stream().noneMatch(mine -> mine.kind() == rule.kind())) {
        all.add(rule);
      }
    }
    all.sort((a, b) -> a.kind().compareTo(b.kind()));
    return List.copyOf(all);
  }

  /**
   * Checks what is to be published about an object.
   *
   * @param bucketHeader the bucket an unsigned header names, or null. Whoever makes OSS call from a
   *     bucket of their own can name any bucket in the body, but not in this header
   */
  public Verdict check(ObjectUploaded data, @Nullable String bucketHeader) {
    List<Violation> violations = null;
    for (int i = 0; i < allowed.size(); i++) {
      AllowedBuckets buckets = allowed.get(i);
      if (!buckets.contain(data.bucket())
          || (bucketHeader != null && !buckets.contain(bucketHeader))) {
        violations = add(violations, RuleKind.BUCKET, buckets.action(), buckets.dryRun());
      }
    }
    List<Rule> rules = rulesOf(data.bucket());
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (!rule.isMet().test(data)) {
        violations = add(violations, rule.kind(), rule.action(), dryRun);
      }
    }
    return violations == null ? Verdict.CLEAN : new Verdict(violations);
  }

  private List<Rule> rulesOf(@Nullable String bucket) {
    return bucket == null ? defaults : byBucket.getOrDefault(bucket, defaults);
  }

  private static List<Violation> add(
      @Nullable List<Violation> known, RuleKind kind, RuleAction action, boolean dryRun) {
    List<Violation> violations = known == null ? new ArrayList<>() : known;
    violations.add(new Violation(kind, action, dryRun));
    return violations;
  }
}
