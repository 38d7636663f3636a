package quayside.console.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page with its files, every reference by hashed name. Made once.
 *
 * @param index {@code index.html} with the import map and hashed references
 * @param importMap the text of the import map, which the security policy allows by its hash
 * @param assets everything it refers to, by hashed name
 */
record Page(Asset index, String importMap, Map<String, Asset> assets) {
  /** Where files are served. */
  static final String ASSETS = "/console/";

  private static final String MAIN = "main.js";
  private static final String PLACE_OF_THE_MAP = "<!-- import map -->";
  private static final Pattern REFERENCE =
      Pattern.compile("\"" + ASSETS + "([a-z0-9-]+\\.[a-z]+)\"");
  private static final JsonMapper JSON = new JsonMapper();

  Page {
    assets = Map.copyOf(assets);
  }

  /** Reads {@code index.html}, the files it names and all modules, and puts the page together. */
  static Page read() {
    String index = new String(WebFiles.index(), StandardCharsets.UTF_8);
    Modules modules = Modules.from(MAIN);
    Asset library = WebFiles.library();
    Map<String, Asset> assets = new TreeMap<>(modules.all());
    assets.put(library.name(), library);
    REFERENCE
        .matcher(index)
        .results()
        .forEach(found -> assets.computeIfAbsent(found.group(1), WebFiles::asset));

    String map = importMap(library, assets);
    // In one go, else each module is asked for only when the one before it has been read.
    String preloads =
        Stream.concat(Stream.of(library.name()), modules.first().stream())
            .map(name -> "<link rel=\"modulepreload\" href=\"" + url(assets, name) + "\">")
            .collect(Collectors.joining("\n"));
    String page =
        REFERENCE
            .matcher(index)
            .replaceAll(found -> "\"" + url(assets, found.group(1)) + "\"")
            .replace(
                PLACE_OF_THE_MAP, "<script type=\"importmap\">" + map + "</script>\n" + preloads);
    Map<String, Asset> byHashedName = new HashMap<>();
    assets.values().forEach(asset -> byHashedName.put(asset.hashedName(), asset));
    return new Page(
        Asset.of("index.html", page.getBytes(StandardCharsets.UTF_8)), map, byHashedName);
  }

  private static String url(Map<String, Asset> assets, String name) {
    return ASSETS + Objects.requireNonNull(assets.get(name)).hashedName();
  }

  /** HTML living standard, section 8.1.6.2; the keys of modules are what relative names become. */
  private static String importMap(Asset library, Map<String, Asset> assets) {
    Map<String, String> imports = new LinkedHashMap<>();
    imports.put("htm/preact", url(assets, library.name()));
    assets.keySet().stream()
        .filter(name -> name.endsWith(".js"))
        .forEach(name -> imports.put(ASSETS + name, url(assets, name)));
    try {
      return JSON.writeValueAsString(Map.of("imports", imports));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("names are not writable", impossible);
    }
  }
}
