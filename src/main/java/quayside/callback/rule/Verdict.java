package quayside.callback.rule;

import java.util.List;
import java.util.Optional;

/**
 * The rules that a callback breaks. Immutable.
 *
 * @param violations in the order of {@link RuleKind}; empty when all rules are met
 */
public record Verdict(List<Violation> violations) {
  /** Nothing to complain about. */
  public static final Verdict CLEAN = new Verdict(List.of());

  /**
   * One broken rule.
   *
   * @param kind which
   * @param action what its configuration demands
   * @param dryRun whether it is to be counted only
   */
  public record Violation(RuleKind kind, RuleAction action, boolean dryRun) {
    private boolean demands(RuleAction wanted) {
      return !dryRun && action == wanted;
    }
  }

  public Verdict {
    violations = List.copyOf(violations);
  }

  /** The first broken rule that demands a refusal. */
  public Optional<RuleKind> refusal() {
    return violations.stream()
        .filter(violation -> violation.demands(RuleAction.REFUSE))
        .map(Violation::kind)
        .findFirst();
  }

  /** The codes of the broken rules that are to be seen in the event. */
  public List<String> marks() {
    return violations.stream()
        .filter(violation -> violation.demands(RuleAction.MARK))
        .map(violation -> violation.kind().violation())
        .distinct()
        .toList();
  }
}
