package quayside.sink.thumbnail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/** Which thumbnails are made of every image, smallest first. */
record Recipe(List<RenditionSpec> specs) {
  private static final Map<String, Integer> DEFAULT_SIZES =
      Map.of("small", 128, "medium", 320, "large", 1024);

  /** A preset's name becomes part of a key. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,40}");

  Recipe {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException(
          "quayside.thumbnail.presets, formats: there is nothing to make");
    }
    specs = List.copyOf(specs);
  }

  /**
   * The recipe of a configuration.
   *
   * @param formats what the engine can write; configured formats it cannot are left out
   */
  static Recipe of(ThumbnailConfig config, Set<RenditionFormat> formats) {
    List<RenditionSpec> specs = new ArrayList<>();
    sizes(config)
        .forEach((name, size) -> {
          for (RenditionFormat format : config.formats()) {
            if (formats.contains(format)) {
              specs.add(new RenditionSpec(name, size, format, config.quality()));
            }
          }
        });
    specs.sort(java.util.Comparator.comparingInt(RenditionSpec::size));
    return new Recipe(specs);
  }

  private static Map<String, Integer> sizes(ThumbnailConfig config) {
    Map<String, Integer> sizes = new TreeMap<>();
    config.presets().forEach((name, preset) -> sizes.put(name, preset.size()));
    if (sizes.isEmpty()) {
      sizes.putAll(DEFAULT_SIZES);
    }
    for (String name : sizes.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "quayside.thumbnail.presets: " + name + " is not a name of letters, digits, _ and -");
      }
    }
    return sizes;
  }
}
