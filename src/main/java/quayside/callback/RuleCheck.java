package quayside.callback;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.EVENT_ID;
import static quayside.log.LogField.VIOLATIONS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.callback.rule.BucketRules;
import quayside.callback.rule.RuleAction;
import quayside.callback.rule.RuleKind;
import quayside.callback.rule.Verdict;
import quayside.callback.rule.Verdict.Violation;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/**
 * Applies the rules to what is about to be published: counts what breaks them, then refuses, marks
 * or, in a dry run, lets it pass. Thread-safe; does not block.
 */
final class RuleCheck {
  private static final Logger LOG = Logger.getLogger(RuleCheck.class);

  private final BucketRules rules;
  private final Map<RuleKind, Map<RuleAction, Counter>> counted;
  private final Map<RuleKind, Map<RuleAction, Counter>> countedInDryRun;

  /**
   * A check.
   *
   * @param dryRun whether any rule is only counted, so that its meters exist from the start
   */
  RuleCheck(BucketRules rules, boolean dryRun, MeterRegistry registry) {
    this.rules = rules;
    this.counted = counters("", registry);
    this.countedInDryRun = dryRun ? counters("would-", registry) : Map.of();
  }

  /**
   * The event, marked with the rules it breaks.
   *
   * @param bucketHeader the bucket that the unsigned header names, or null
   * @throws CallbackRefusedException when a broken rule demands it
   */
  CloudEvent<ObjectUploaded> check(CloudEvent<ObjectUploaded> event, @Nullable String bucketHeader)
      throws CallbackRefusedException {
    Verdict verdict = rules.check(event.data(), bucketHeader);
    if (verdict.violations().isEmpty()) {
      return event;
    }
    verdict.violations().forEach(violation -> counter(violation).increment());
    Optional<RuleKind> refusal = verdict.refusal();
    if (refusal.isPresent()) {
      throw new CallbackRefusedException(RefusalReason.of(refusal.get()));
    }
    List<String> marks = verdict.marks();
    LOG.infof(
        "callback breaks rules %s %s %s",
        EVENT_ID.of(event.id()), BUCKET.of(event.data().bucket()), VIOLATIONS.of(codes(verdict)));
    return marks.isEmpty() ? event : event.withData(event.data().withViolations(marks));
  }

  private Counter counter(Violation violation) {
    var counters = violation.dryRun() ? countedInDryRun : counted;
    return Objects.requireNonNull(
        Objects.requireNonNull(counters.get(violation.kind())).get(violation.action()));
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.violations().stream().map(violation -> violation.kind().violation()).toList();
  }

  private static Map<RuleKind, Map<RuleAction, Counter>> counters(
      String prefix, MeterRegistry registry) {
    Map<RuleKind, Map<RuleAction, Counter>> counters = new EnumMap<>(RuleKind.class);
    for (RuleKind kind : RuleKind.values()) {
      Map<RuleAction, Counter> byAction = new EnumMap<>(RuleAction.class);
      for (RuleAction action : RuleAction.values()) {
        byAction.put(
            action,
            Counter.builder("quayside.callback.rule.violations")
                .description("Rules broken by callbacks, and what became of the callback")
                .tag("rule", kind.tag())
                .tag("action", prefix + action.tag())
                .register(registry));
      }
      counters.put(kind, byAction);
    }
    return counters;
  }
}
