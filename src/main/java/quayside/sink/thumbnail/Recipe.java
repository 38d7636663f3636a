package quayside.sink.thumbnail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import quayside.configuration.Problem;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/** Which thumbnails are made of every image, smallest first. */
record Recipe(List<RenditionSpec> specs) {
  private static final Map<String, Integer> DEFAULT_SIZES =
      Map.of("small", 128, "medium", 320, "large", 1024);

  /** A preset's name becomes part of a key, where {@code -v2} tells the version. */
  private static final Pattern NAME = Pattern.compile("(?!.*-v\\d+$)[a-zA-Z0-9_-]{1,40}");

  /** A preset as configured. */
  private record Preset(int size, int version) {}

  Recipe {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException(
          "quayside.thumbnail.presets, formats: there is nothing to make");
    }
    specs = List.copyOf(specs);
  }

  /**
   * How often presets were changed, all together: grows with the version of any. Later thumbnails
   * of one upload are newer by it.
   */
  int revision() {
    return specs.stream()
        .collect(
            Collectors.toMap(
                RenditionSpec::preset, spec -> spec.version() - 1, (same, alike) -> same))
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  /**
   * The recipe of a configuration.
   *
   * @param formats what the engine can write; configured formats it cannot are left out
   */
  static Recipe of(ThumbnailConfig config, Set<RenditionFormat> formats) {
    List<RenditionSpec> specs = new ArrayList<>();
    presets(config)
        .forEach((name, preset) -> {
          for (RenditionFormat format : config.formats()) {
            if (formats.contains(format)) {
              specs.add(
                  new RenditionSpec(
                      name, preset.version(), preset.size(), format, config.quality()));
            }
          }
        });
    specs.sort(Comparator.comparingInt(RenditionSpec::size));
    return new Recipe(specs);
  }

  private static Map<String, Preset> presets(ThumbnailConfig config) {
    Map<String, Preset> presets = new TreeMap<>();
    config
        .presets()
        .forEach((name, preset) -> presets.put(name, new Preset(preset.size(), preset.version())));
    if (presets.isEmpty()) {
      DEFAULT_SIZES.forEach((name, size) -> presets.put(name, new Preset(size, 1)));
    }
    presets.keySet().forEach(Recipe::requireName);
    return presets;
  }

  /** The same, when a preset can have it. */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Problem(
              "quayside.thumbnail.presets",
              name,
              "is not a name of letters, digits, _ and - without a version at its end",
              "card")
          .exception();
    }
    return name;
  }
}
