package quayside.console.page;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The page with its files, every reference by hashed name. Made once.
 *
 * @param index {@code index.html} with hashed references
 * @param assets everything it refers to, by hashed name
 */
record Page(Asset index, Map<String, Asset> assets) {
  /** Where files are served. */
  static final String ASSETS = "/console/";

  private static final Pattern REFERENCE =
      Pattern.compile("\"" + ASSETS + "([a-z0-9-]+\\.[a-z]+)\"");

  Page {
    assets = Map.copyOf(assets);
  }

  /** Reads {@code index.html} and the files it names, and puts the page together. */
  static Page read() {
    String index = new String(WebFiles.index(), StandardCharsets.UTF_8);
    Map<String, Asset> assets = new TreeMap<>();
    REFERENCE
        .matcher(index)
        .results()
        .forEach(found -> assets.computeIfAbsent(found.group(1), WebFiles::asset));

    String page =
        REFERENCE
            .matcher(index)
            .replaceAll(found -> "\"" + ASSETS + hashedName(assets, found.group(1)) + "\"");
    Map<String, Asset> byHashedName = new HashMap<>();
    assets.values().forEach(asset -> byHashedName.put(asset.hashedName(), asset));
    return new Page(Asset.of("index.html", page.getBytes(StandardCharsets.UTF_8)), byHashedName);
  }

  private static String hashedName(Map<String, Asset> assets, String name) {
    return Objects.requireNonNull(assets.get(name)).hashedName();
  }
}
