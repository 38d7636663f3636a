package quayside.callback;

import java.util.List;
import quayside.configuration.InvalidValueException;
import quayside.configuration.Problems;
import quayside.signature.PlainPath;

/**
 * The paths under which callbacks are received. They are compared with the raw path, before any
 * decoding, so that another spelling of a path is another path. {@code /a/*} stands for {@code /a}
 * and everything below it.
 */
final class CallbackPaths {
  private static final String KEY = "quayside.callback.paths";
  private static final String EXAMPLE = "/oss/callback or /oss/callback/*";
  private static final String ANY_SUB_PATH = "/*";

  private final List<String> patterns;

  /**
   * Checks the patterns.
   *
   * @throws IllegalArgumentException when one is malformed or would swallow the API
   */
  CallbackPaths(List<String> patterns) {
    if (patterns.isEmpty()) {
      throw invalid(patterns.toString(), "must name at least one path");
    }
    patterns.forEach(CallbackPaths::check);
    this.patterns = List.copyOf(patterns);
  }

  /** Tells what is wrong with patterns. */
  static void check(List<String> patterns, Problems problems) {
    patterns.forEach(pattern -> problems.attempt(() -> new CallbackPaths(List.of(pattern))));
  }

  /** Whether callbacks are received under this raw path. */
  boolean contain(String rawPath) {
    for (String pattern : patterns) {
      if (matches(pattern, rawPath)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String rawPath) {
    if (!pattern.endsWith(ANY_SUB_PATH)) {
      return rawPath.equals(pattern);
    }
    int base = pattern.length() - ANY_SUB_PATH.length();
    return rawPath.startsWith(pattern.substring(0, base))
        && (rawPath.length() == base || rawPath.charAt(base) == '/');
  }

  private static void check(String pattern) {
    PlainPath.check(KEY, pattern, EXAMPLE);
    int star = pattern.indexOf('*');
    if (star >= 0 && (star != pattern.length() - 1 || !pattern.endsWith(ANY_SUB_PATH))) {
      throw invalid(pattern, "may have a * only in a trailing /*");
    }
    if (pattern.equals("/*") || pattern.equals("/api/*") || pattern.equals("/q/*")) {
      throw invalid(pattern, "would swallow the paths of the API");
    }
  }

  private static InvalidValueException invalid(String pattern, String rule) {
    return PlainPath.invalid(KEY, pattern, rule, EXAMPLE);
  }
}
