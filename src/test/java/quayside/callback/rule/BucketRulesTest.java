package quayside.callback.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.callback.rule.Verdict.Violation;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/** What the rules make of what a callback reports. */
class BucketRulesTest {
  private static final String ROOT = "quayside.callback.rules.";
  private static final ObjectUploaded GOOD =
      upload("uploads", "photos/a.png", "42", 10L, "image/png");

  @Test
  void withoutRules_everythingIsClean() {
    assertThat(rules().check(GOOD, "other")).isSameAs(Verdict.CLEAN);
    assertThat(rules().check(upload(null, null, null, null, null), null)).isSameAs(Verdict.CLEAN);
  }

  @Test
  void callbackThatMeetsEveryRule_isClean() {
    BucketRules rules =
        rules(
            "allowed-buckets=uploads",
            "buckets.uploads.key-prefixes=docs/,photos/",
            "buckets.uploads.owners=42,43",
            "buckets.uploads.min-size=10",
            "buckets.uploads.max-size=10",
            "buckets.uploads.types=text/plain,image/*");

    assertThat(rules.check(GOOD, "uploads")).isSameAs(Verdict.CLEAN);
    assertThat(rules.check(GOOD, null)).isSameAs(Verdict.CLEAN);
  }

  @ParameterizedTest
  @CsvSource({
    "allowed-buckets=photos, BUCKET",
    "buckets.uploads.key-prefixes=photo/, KEY",
    "buckets.uploads.key-prefixes=Photos/, KEY",
    "buckets.uploads.owners=4, OWNER",
    "buckets.uploads.min-size=11, SIZE",
    "buckets.uploads.max-size=9, SIZE",
    "buckets.uploads.types=image/jpeg, TYPE",
    "buckets.uploads.types=video/*, TYPE",
    "buckets.*.types=video/*, TYPE",
  })
  void brokenRule_isThatViolation(String rule, RuleKind broken) {
    assertThat(rules(rule).check(GOOD, null).refusal()).contains(broken);
    assertThat(rules(rule).check(GOOD, null).marks()).isEmpty();
  }

  /** What is not reported cannot be within a limit: a template without ${size} is no way around. */
  @ParameterizedTest
  @CsvSource({
    "allowed-buckets=uploads, BUCKET",
    "buckets.*.key-prefixes=*, KEY",
    "buckets.*.owners=*, OWNER",
    "buckets.*.min-size=0, SIZE",
    "buckets.*.max-size=10, SIZE",
    "buckets.*.types=*, TYPE",
  })
  void factThatIsNotReported_breaksEveryRuleAboutIt(String rule, RuleKind broken) {
    ObjectUploaded silent = upload(null, null, null, null, null);

    assertThat(rules(rule).check(silent, null).refusal()).contains(broken);
  }

  /** The header is not signed: it may refuse, and never lets pass what the body does not. */
  @Test
  void bucketOfTheHeader_canOnlyRefuse() {
    BucketRules rules = rules("allowed-buckets=uploads");

    assertThat(rules.check(GOOD, "attackers-own").refusal()).contains(RuleKind.BUCKET);
    assertThat(rules.check(upload("other", "a", "42", 1L, "a/b"), "uploads").refusal())
        .contains(RuleKind.BUCKET);
  }

  @ParameterizedTest
  @CsvSource({
    "image/PNG",
    "image/png; charset=x",
    "' image/png ;q=1'",
    "image/svg+xml",
    "IMAGE/x",
    "text/plain"
  })
  void contentType_isComparedWithoutCaseAndParameters(String type) {
    BucketRules rules = rules("buckets.uploads.types=Image/*,text/plain");

    assertThat(rules.check(upload("uploads", "a", null, 1L, type), null)).isSameAs(Verdict.CLEAN);
  }

  @ParameterizedTest
  @CsvSource({
    "image",
    "image/",
    "/png",
    "images/png",
    "text/plain2",
    "text/html;image/png",
    "''",
    "*",
    "'application/x,image/png'"
  })
  void contentTypeThatIsNotListed_isAViolation(String type) {
    BucketRules rules = rules("buckets.uploads.types=Image/*,text/plain");

    assertThat(rules.check(upload("uploads", "a", null, 1L, type), null).refusal())
        .contains(RuleKind.TYPE);
  }

  @Test
  void rulesOfTheStar_fillWhatABucketDoesNotSay() {
    BucketRules rules =
        rules(
            "buckets.*.max-size=5",
            "buckets.*.types=text/plain",
            "buckets.uploads.max-size=10",
            "buckets.photos.types=*");

    assertThat(kinds(rules, "uploads")).containsExactly(RuleKind.TYPE);
    assertThat(kinds(rules, "photos")).containsExactly(RuleKind.SIZE);
    assertThat(kinds(rules, "others")).containsExactly(RuleKind.SIZE, RuleKind.TYPE);
    assertThat(kinds(rules, null)).containsExactly(RuleKind.SIZE, RuleKind.TYPE);
  }

  @Test
  void brokenRules_areMarkedOrRefusedEachAsConfigured() {
    BucketRules rules =
        rules(
            "buckets.uploads.key-prefixes=docs/",
            "buckets.uploads.key-action=mark",
            "buckets.uploads.max-size=1",
            "buckets.uploads.size-action=refuse",
            "buckets.uploads.types=text/plain",
            "buckets.uploads.type-action=mark");

    Verdict verdict = rules.check(GOOD, null);

    assertThat(verdict.marks()).containsExactly("key-not-allowed", "type-not-allowed");
    assertThat(verdict.refusal()).contains(RuleKind.SIZE);
  }

  /** Whoever tries new rules must not switch off the list that protects them. */
  @Test
  void dryRun_onlyNotes_butKeepsTheShortFormInForce() {
    String[] rules = {"dry-run=true", "allowed-buckets=photos", "buckets.uploads.max-size=1"};

    Verdict verdict = rules(rules).check(GOOD, null);
    Verdict shortForm =
        BucketRules.of(config(rules), Optional.of(List.of("photos"))).check(GOOD, null);

    assertThat(verdict.violations())
        .containsExactly(
            new Violation(RuleKind.BUCKET, RuleAction.REFUSE, true),
            new Violation(RuleKind.SIZE, RuleAction.REFUSE, true));
    assertThat(verdict.refusal()).isEmpty();
    assertThat(verdict.marks()).isEmpty();
    assertThat(shortForm.refusal()).contains(RuleKind.BUCKET);
  }

  @Test
  void shortAndLongForm_bothHold() {
    BucketRules rules =
        BucketRules.of(
            config("allowed-buckets=uploads,photos", "bucket-action=mark"),
            Optional.of(List.of("uploads", "others")));

    assertThat(rules.check(GOOD, null)).isSameAs(Verdict.CLEAN);
    assertThat(rules.check(upload("photos", "a", null, 1L, null), null).refusal())
        .contains(RuleKind.BUCKET);
    assertThat(rules.check(upload("others", "a", null, 1L, null), null).marks())
        .containsExactly("bucket-not-allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allowed-buckets=Uploads|allowed-buckets: 'Uploads' must be the name of a bucket",
        "bucket-action=mark|bucket-action: 'mark' is the action of no rule",
        "buckets.up_loads.max-size=1|buckets: 'up_loads' must be the name of a bucket",
        "buckets.uploads.size-action=mark|buckets.uploads.size-action: 'mark' is the action of no rule",
        "buckets.uploads.owners=me|buckets.uploads.owners: 'me' must be an account id",
        "buckets.uploads.types=image|buckets.uploads.types: 'image' must be a content type",
        "buckets.uploads.types=*/png|buckets.uploads.types: '*/png' must be a content type",
        "buckets.uploads.types=a/b;c=d|buckets.uploads.types: 'a/b;c=d' must be a content type",
      })
  void wrongConfiguration_stopsTheStart(String rule, String message) {
    assertThatThrownBy(() -> rules(rule))
        .hasMessageContaining(message)
        .hasMessageContaining("for example ");
  }

  @Test
  void sizesThatExcludeEachOther_stopTheStart() {
    assertThatThrownBy(() -> rules("buckets.uploads.min-size=2", "buckets.uploads.max-size=1"))
        .hasMessageStartingWith(
            "quayside.callback.rules.buckets.uploads.max-size: '1' must be at least min-size, 2");
  }

  @ParameterizedTest
  @CsvSource({"buckets.uploads.key-action=drop", "buckets.uploads.prefixes=a/", "dryrun=true"})
  void unknownKeyOrAction_stopsTheStart(String rule) {
    assertThatThrownBy(() -> rules(rule)).hasMessageContaining(ROOT + rule.split("=", 2)[0]);
  }

  @Test
  void wrongShortForm_stopsTheStart() {
    assertThatThrownBy(() -> BucketRules.of(config(), Optional.of(List.of("a/b"))))
        .hasMessageStartingWith("quayside.callback.buckets: 'a/b' must be the name of a bucket");
  }

  /** The edge promises a cost per callback; rules that are met add none to it. */
  @Test
  void metRules_allocateNothing() {
    BucketRules none = rules();
    BucketRules some =
        rules(
            "allowed-buckets=uploads",
            "buckets.uploads.key-prefixes=photos/",
            "buckets.uploads.owners=42",
            "buckets.uploads.max-size=100",
            "buckets.uploads.types=image/png");

    assertThat(allocated(none)).isZero();
    assertThat(allocated(some)).isZero();
  }

  private static long allocated(BucketRules rules) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      boolean clean = true;
      for (int i = 0; i < 1000; i++) {
        clean &= rules.check(GOOD, "uploads") == Verdict.CLEAN;
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(clean).isTrue();
    }
    return least;
  }

  private static List<RuleKind> kinds(BucketRules rules, String bucket) {
    ObjectUploaded data = upload(bucket, "photos/a.png", "42", 10L, "image/png");
    return rules.check(data, null).violations().stream().map(Violation::kind).toList();
  }

  private static BucketRules rules(String... rules) {
    return BucketRules.of(config(rules), Optional.empty());
  }

  private static BucketRulesConfig config(String... rules) {
    Map<String, String> values = new HashMap<>();
    Arrays.stream(rules)
        .map(rule -> rule.split("=", 2))
        .forEach(rule -> values.put(ROOT + rule[0], rule[1]));
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(BucketRulesConfig.class, "quayside.callback.rules")
        .build()
        .getConfigMapping(BucketRulesConfig.class, "quayside.callback.rules");
  }

  private static ObjectUploaded upload(
      String bucket, String key, String owner, Long size, String type) {
    return new ObjectUploaded(
        bucket,
        key,
        null,
        size,
        null,
        null,
        type,
        null,
        null,
        null,
        owner,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
  }
}
