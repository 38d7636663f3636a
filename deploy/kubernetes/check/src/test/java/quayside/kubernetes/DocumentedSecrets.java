package quayside.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of secrets in the README of the manifests: what whoever installs has to make.
 *
 * @param keys of each secret; as they stand there, so a placeholder is one
 */
record DocumentedSecrets(Map<String, Set<String>> keys) {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_<>]+");

  static DocumentedSecrets read() {
    Map<String, Set<String>> keys = new HashMap<>();
    Matcher row = ROW.matcher(text("../README.md"));
    while (row.find()) {
      keys.put(
          row.group(1),
          CODE.matcher(row.group(2))
              .results()
              .map(code -> code.group(1))
              .collect(Collectors.toSet()));
    }
    return new DocumentedSecrets(keys);
  }

  boolean has(String secret, String key) {
    return keys.getOrDefault(secret, Set.of()).contains(key);
  }

  /** Keys that become environment variables, with underscores in the place of placeholders. */
  Set<String> variables() {
    return keys.values().stream()
        .flatMap(Set::stream)
        .filter(key -> VARIABLE.matcher(key).matches())
        .map(DocumentedSecrets::variable)
        .collect(Collectors.toSet());
  }

  /**
   * The service's settings as environment variables, after its README, whose tables write {@code
   * `a.b.c`, `.d`} for {@code a.b.c} and {@code a.b.d}.
   */
  static Set<String> settings() {
    Set<String> settings = new HashSet<>();
    String parent = "";
    Matcher code = CODE.matcher(text("../../../README.md"));
    while (code.find()) {
      String name = code.group(1);
      if (name.startsWith(".")) {
        settings.add(variable(parent + name));
      } else {
        parent = name.replaceFirst("\\.[^.]*$", "");
        settings.add(variable(name));
      }
    }
    return settings;
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
