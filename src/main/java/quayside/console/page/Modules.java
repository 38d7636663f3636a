package quayside.console.page;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The modules of the page, found by what they import from each other. For one thread.
 *
 * <p>Imports are looked for as the sources of the page write them: {@code from "./name.js"}, {@code
 * import("./name.js")}.
 */
final class Modules {
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import) \"\\./(?<name>[a-z0-9-]+\\.js)\"");
  private static final Pattern LATER_IMPORT =
      Pattern.compile("import\\(\"\\./(?<name>[a-z0-9-]+\\.js)\"\\)");

  private final Map<String, Asset> all = new TreeMap<>();
  private final Set<String> first = new TreeSet<>();

  private Modules() {}

  /** A module, what it imports, and what that imports. */
  static Modules from(String name) {
    Modules modules = new Modules();
    modules.add(name, true);
    return modules;
  }

  /** All of them, by name. */
  Map<String, Asset> all() {
    return Map.copyOf(all);
  }

  /** Names of those that are needed before anything is seen, in a stable order. */
  Set<String> first() {
    return first;
  }

  private void add(String name, boolean isFirst) {
    if (isFirst ? !first.add(name) : all.containsKey(name)) {
      return;
    }
    Asset module = all.computeIfAbsent(name, WebFiles::asset);
    String text = new String(module.content(), StandardCharsets.UTF_8);
    IMPORT.matcher(text).results().forEach(found -> add(found.group("name"), isFirst));
    LATER_IMPORT.matcher(text).results().forEach(found -> add(found.group("name"), false));
  }
}
