package quayside.callback;

import java.util.List;

/**
 * Which body fields are custom variables: those that start with {@code x:}, and those that the
 * configuration lists.
 *
 * @param patterns names; a trailing {@code *} matches any rest
 */
record VariableNames(List<String> patterns) {
  private static final String VARIABLE = "x:";

  static VariableNames of(CallbackConfig config) {
    return new VariableNames(config.variables().orElse(List.of()));
  }

  VariableNames {
    patterns = List.copyOf(patterns);
  }

  /** Whether a field of this name is one. */
  boolean contain(String name) {
    return name.startsWith(VARIABLE)
        || patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
