package quayside.callback.rule;

import java.util.Locale;

/** What becomes of a callback that breaks a rule. */
public enum RuleAction {
  /** It is refused; nothing is published. */
  REFUSE,
  /** It is accepted and published, and the event says which rule it broke. */
  MARK;

  /** The value in the configuration and the metric tag, such as {@code mark}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
