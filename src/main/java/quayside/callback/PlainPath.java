package quayside.callback;

/** What a path in the configuration may look like: nothing that has two readings. */
final class PlainPath {
  private PlainPath() {}

  /**
   * Returns silently when the path is plain.
   *
   * @param key in the configuration, for the message
   * @throws IllegalArgumentException naming key, value, rule and the example
   */
  static void check(String key, String path, String example) {
    if (!path.startsWith("/")) {
      throw invalid(key, path, "must start with /", example);
    }
    if (path.chars().anyMatch(c -> c <= ' ' || c > '~' || "?#%\\;".indexOf(c) >= 0)) {
      throw invalid(key, path, "must be plain ASCII without ? # % ; \\ and spaces", example);
    }
  }

  static IllegalArgumentException invalid(String key, String path, String rule, String example) {
    return new IllegalArgumentException(
        key + ": '" + path + "' " + rule + "; for example " + example);
  }
}
