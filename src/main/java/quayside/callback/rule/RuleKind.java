package quayside.callback.rule;

import java.util.Locale;

/** What a rule is about, in the order in which rules are checked. */
public enum RuleKind {
  /** The bucket is one of those allowed; so is the one of the header, where there is one. */
  BUCKET,
  /** The object key begins with one of the prefixes. */
  KEY,
  /** The bucket's owner, an unsigned hint, is one of the accounts. */
  OWNER,
  /** The size is within the limits. */
  SIZE,
  /** The content type is one of those allowed. */
  TYPE;

  /** The metric tag, such as {@code key}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stable code of its violation, such as {@code key-not-allowed}: in events and refusals. */
  public String violation() {
    return tag() + "-not-allowed";
  }
}
