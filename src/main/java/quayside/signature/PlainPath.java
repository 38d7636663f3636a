package quayside.signature;

import quayside.configuration.InvalidValueException;
import quayside.configuration.Problem;

/** What a path in the configuration may look like: nothing that has two readings. */
public final class PlainPath {
  private PlainPath() {}

  /**
   * Returns silently when the path is plain.
   *
   * @param key in the configuration, for the message
   * @throws IllegalArgumentException naming key, value, rule and the example
   */
  public static void check(String key, String path, String example) {
    if (!path.startsWith("/")) {
      throw invalid(key, path, "must start with /", example);
    }
    if (path.chars().anyMatch(c -> c <= ' ' || c > '~' || "?#%\\;".indexOf(c) >= 0)) {
      throw invalid(key, path, "must be plain ASCII without ? # % ; \\ and spaces", example);
    }
  }

  /** What is thrown for a path that is not. */
  public static InvalidValueException invalid(
      String key, String path, String rule, String example) {
    return new Problem(key, path, rule, example).exception();
  }
}
