package quayside.configuration;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in the configuration. Its text is one line and shows nothing secret.
 *
 * @param key the key, or the environment variable where it is the name that is wrong
 * @param value as it was written, masked where it is secret; null when it is missing
 * @param rule what it breaks, as the rest of a sentence that begins with the value
 * @param example a value that would do; empty where none is needed
 */
public record Problem(String key, @Nullable String value, String rule, String example) {
  private static final int MAX_SHOWN = 200;

  /** Masks. */
  public Problem {
    String shown = value == null ? null : shown(Secrets.mask(key, value));
    if (value != null && !value.isEmpty() && !value.equals(shown)) {
      rule = rule.replace(value, shown);
    }
    value = shown;
  }

  /** To be thrown where it is found. */
  public InvalidValueException exception() {
    return new InvalidValueException(this);
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
  }

  @Override
  public String toString() {
    String text = key + ": " + (value == null ? "" : "'" + value + "' ") + rule;
    return example.isEmpty() ? text : text + "; for example " + example;
  }
}
