package quayside.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import quayside.configuration.Problem;

/**
 * Gives a request target that a proxy has rewritten the path back that OSS dialled, and signed:
 * what arrived under one path was dialled under another. Works on the raw target, byte for byte, on
 * whole path segments; the query stays as it is. Which path that is stands in the configuration
 * alone; no header has a say, since whoever can set it could choose what is verified. At most one
 * rule applies to a target.
 */
public final class ExternalPaths {
  private static final String KEY = "quayside.callback.external-paths.";

  private final List<Rule> rules = new ArrayList<>();

  /**
   * Checks the rules.
   *
   * @throws IllegalArgumentException when a path is malformed or two rules apply to one target
   */
  public ExternalPaths(Map<String, ExternalPathsConfig.ExternalPath> configured) {
    configured.forEach((name, rule) -> add(Rule.of(KEY + name, rule)));
  }

  /** A rule; a path that ends in a slash is kept without it, so that the root is empty. */
  private record Rule(String key, String received, String dialled) {
    static Rule of(String key, ExternalPathsConfig.ExternalPath rule) {
      return new Rule(
          key,
          prefix(key + ".received", rule.received(), "/cb"),
          prefix(key + ".dialled", rule.dialled(), "/gateway/oss/callback"));
    }

    private static String prefix(String key, String path, String example) {
      PlainPath.check(key, path, example);
      if (path.endsWith("/") && path.length() > 1) {
        throw PlainPath.invalid(key, path, "must not end with /", example);
      }
      return path.equals("/") ? "" : path;
    }

    boolean covers(String target) {
      return target.startsWith(received) && isEndOfSegment(target);
    }

    // An empty path is no path, neither as it arrives nor as it was dialled.
    private boolean isEndOfSegment(String target) {
      int end = received.length();
      boolean isWhole = target.length() == end || target.charAt(end) == '?';
      return isWhole ? !received.isEmpty() && !dialled.isEmpty() : target.charAt(end) == '/';
    }

    String restore(String target) {
      return dialled + target.substring(received.length());
    }

    boolean overlaps(Rule other) {
      return (received + "/").startsWith(other.received + "/")
          || (other.received + "/").startsWith(received + "/");
    }
  }

  /** The raw target as it was dialled; the same one where no rule applies. */
  public String restore(String rawTarget) {
    for (Rule rule : rules) {
      if (rule.covers(rawTarget)) {
        return rule.restore(rawTarget);
      }
    }
    return rawTarget;
  }

  /**
   * These rules, when requests for our own endpoints stay what they are.
   *
   * @param callbackPaths tells which paths receive callbacks
   * @throws IllegalArgumentException when one of them would become a callback
   */
  public ExternalPaths outside(Predicate<String> callbackPaths, List<String> endpoints) {
    for (String endpoint : endpoints) {
      String restored = restore(endpoint);
      if (!restored.equals(endpoint) && callbackPaths.test(restored)) {
        throw new Problem(
                KEY + "*",
                null,
                "turns "
                    + endpoint
                    + " into the callback path "
                    + restored
                    + ", which would swallow the paths of the API; name the callback path itself in"
                    + " quayside.callback.paths",
                "/gateway/oss/callback")
            .exception();
      }
    }
    return this;
  }

  private void add(Rule rule) {
    for (Rule other : rules) {
      if (rule.overlaps(other)) {
        throw new Problem(
                rule.key() + ".received",
                rule.received() + "/",
                "overlaps with "
                    + other.key()
                    + ".received '"
                    + other.received()
                    + "/'; each path that arrives must have one external path",
                "")
            .exception();
      }
    }
    rules.add(rule);
  }
}
