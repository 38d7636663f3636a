package quayside.callback.rule;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quayside.configuration.Problem;
import quayside.configuration.Problems;
import quayside.event.ObjectUploaded;

/**
 * Turns the rules of one bucket into code. What makes no sense is an {@link
 * IllegalArgumentException} naming key, value, rule and an example: it stops the start. Used once.
 */
final class RuleCompiler {
  private static final String ROOT = "quayside.callback.rules.";
  private static final String EVERYTHING = "*";

  /** OSS documentation, bucket naming: 3 to 63 lower-case letters, digits and hyphens. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{1,20}|\\*");

  private final String bucket;
  private final String root;
  private final BucketRulesConfig.Rules config;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * The compiler of one bucket's rules.
   *
   * @param bucket its name, or {@code *}
   */
  RuleCompiler(String bucket, BucketRulesConfig.Rules config) {
    this.bucket = bucket;
    this.root = ROOT + "buckets." + bucket + ".";
    this.config = config;
  }

  /** The rules of the bucket itself, in the order of their kinds. */
  List<Rule> compile() {
    for (Supplier<?> step : steps()) {
      var ignored = step.get();
    }
    return List.copyOf(rules);
  }

  /** Tells what is wrong with the rules. */
  void check(Problems problems) {
    steps().forEach(problems::attempt);
  }

  private List<Supplier<?>> steps() {
    return List.of(
        this::requireBucket,
        () -> add(RuleKind.KEY, config.keyAction(), () -> config.keyPrefixes().map(this::keyRule)),
        () -> add(RuleKind.OWNER, config.ownerAction(), () -> config.owners().map(this::ownerRule)),
        () -> add(RuleKind.SIZE, config.sizeAction(), this::sizeRule),
        () -> add(RuleKind.TYPE, config.typeAction(), () -> config.types().map(this::typeRule)));
  }

  private String requireBucket() {
    require(
        bucket.equals(BucketRules.EVERY_BUCKET) || BUCKET.matcher(bucket).matches(),
        ROOT + "buckets",
        bucket,
        "must be the name of a bucket (lower-case letters, digits, hyphens), or * for all others",
        "uploads");
    return bucket;
  }

  /** The names in a list of allowed buckets. */
  static Set<String> bucketNames(String key, List<String> names) {
    names.forEach(name ->
        require(
            BUCKET.matcher(name).matches(),
            key,
            name,
            "must be the name of a bucket (lower-case letters, digits, hyphens)",
            "uploads"));
    return Set.copyOf(names);
  }

  /** The buckets of the long form; empty when it allows all. */
  static Optional<Set<String>> allowedBuckets(BucketRulesConfig config) {
    require(
        config.bucketAction().isEmpty() || config.allowedBuckets().isPresent(),
        ROOT + "bucket-action",
        config.bucketAction().map(RuleAction::tag).orElse(""),
        "is the action of no rule; set " + ROOT + "allowed-buckets too",
        "uploads");
    return config.allowedBuckets().map(names -> bucketNames(ROOT + "allowed-buckets", names));
  }

  private boolean add(
      RuleKind kind,
      Optional<RuleAction> action,
      Supplier<Optional<Predicate<ObjectUploaded>>> conditions) {
    Optional<Predicate<ObjectUploaded>> condition = conditions.get();
    require(
        action.isEmpty() || condition.isPresent(),
        root + kind.tag() + "-action",
        action.map(RuleAction::tag).orElse(""),
        "is the action of no rule; set one in the same bucket too",
        root + example(kind));
    condition.ifPresent(
        isMet -> rules.add(new Rule(kind, action.orElse(RuleAction.REFUSE), isMet)));
    return condition.isPresent();
  }

  private static String example(RuleKind kind) {
    return switch (kind) {
      case BUCKET -> throw new IllegalArgumentException("buckets have no rule about buckets");
      case KEY -> "key-prefixes=photos/";
      case OWNER -> "owners=1050784833268046";
      case SIZE -> "max-size=100M";
      case TYPE -> "types=image/*";
    };
  }

  private Predicate<ObjectUploaded> keyRule(List<String> prefixes) {
    if (prefixes.contains(EVERYTHING)) {
      return reported(ObjectUploaded::key, key -> true);
    }
    String[] beginnings = prefixes.toArray(String[]::new);
    return reported(
        ObjectUploaded::key,
        key -> {
          for (String beginning : beginnings) {
            if (key.startsWith(beginning)) {
              return true;
            }
          }
          return false;
        });
  }

  private Predicate<ObjectUploaded> ownerRule(List<String> owners) {
    owners.forEach(owner ->
        require(
            ACCOUNT.matcher(owner).matches(),
            root + "owners",
            owner,
            "must be an account id of up to 20 digits, or * for all",
            "1050784833268046"));
    Set<String> accounts = Set.copyOf(owners);
    boolean every = accounts.contains(EVERYTHING);
    return reported(ObjectUploaded::owner, owner -> every || accounts.contains(owner));
  }

  private Optional<Predicate<ObjectUploaded>> sizeRule() {
    if (config.minSize().isEmpty() && config.maxSize().isEmpty()) {
      return Optional.empty();
    }
    long min = config.minSize().map(RuleCompiler::bytes).orElse(0L);
    long max = config.maxSize().map(RuleCompiler::bytes).orElse(Long.MAX_VALUE);
    require(max >= min, root + "max-size", max, "must be at least min-size, " + min, "100M");
    return Optional.of(reported(ObjectUploaded::size, size -> size >= min && size <= max));
  }

  private static long bytes(MemorySize size) {
    return size.asBigInteger().min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
  }

  private Predicate<ObjectUploaded> typeRule(List<String> types) {
    ContentTypes allowed = ContentTypes.of(root + "types", types);
    return reported(ObjectUploaded::mimeType, allowed::contain);
  }

  private static <T> Predicate<ObjectUploaded> reported(
      Function<ObjectUploaded, @Nullable T> fact, Predicate<T> condition) {
    return data -> {
      T value = fact.apply(data);
      return value != null && condition.test(value);
    };
  }

  static void require(boolean holds, String key, Object value, String rule, String example) {
    if (!holds) {
      throw new Problem(key, String.valueOf(value), rule, example).exception();
    }
  }
}
