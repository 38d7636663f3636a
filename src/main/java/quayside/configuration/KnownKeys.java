package quayside.configuration;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that exist: those of the configuration interfaces, and those that their defaults refer
 * to. Immutable.
 */
final class KnownKeys {
  private static final String ROOT = "quayside";
  private static final String FRAMEWORK = "quarkus.";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(" + ROOT + "\\.[a-z0-9.-]+)");

  /**
   * Parts that the ingress does not have. All workloads of an installation may be given the same
   * keys; those who have these parts check them.
   */
  private static final Set<String> OF_THE_OTHER_FLAVOUR =
      Set.of(
          "catalog",
          "console",
          "oss",
          "reconcile",
          "search",
          "sink",
          "state",
          "thumbnail",
          "timeline");

  /** Of keys without a default. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "quayside.roles", "callback,grants",
          "quayside.region", "cn-hangzhou",
          "quayside.callback.external-paths.*.received", "/cb",
          "quayside.callback.external-paths.*.dialled", "/gateway/oss/callback",
          "quayside.callback.keys.*.url", "http://127.0.0.1:9000/callback_pub_key_v1.pem",
          "quayside.callback.keys.*.pem-file", ".quayside/oss/callback_pub_key_v1.pem",
          "quayside.grant.buckets.*.prefixes", "photos/",
          "quayside.thumbnail.presets.*.size", "320");

  /** Of a name this far from every key nothing can be said. */
  private static final int MOST_MISTAKES = 6;

  private static final int MOST_SUGGESTIONS = 3;

  private final Map<String, String> defaults = new TreeMap<>();
  private final Set<String> plain = new TreeSet<>();
  private final List<KeyPattern> patterns = new ArrayList<>();
  private final Set<String> parts = new TreeSet<>();

  KnownKeys(Collection<ConfigClass> interfaces) {
    for (ConfigClass part : interfaces) {
      part.getProperties()
          .forEach((key, standard) -> {
            defaults.putIfAbsent(key, standard == null ? "" : standard);
            references(standard).forEach(referred -> defaults.putIfAbsent(referred, ""));
          });
    }
    for (String key : defaults.keySet()) {
      patterns.add(new KeyPattern(key));
      parts.add(part(key));
      if (!key.contains("*")) {
        plain.add(key);
      }
    }
  }

  /** The key of this name; empty when there is none. */
  Optional<String> find(String name) {
    if (plain.contains(name)) {
      return Optional.of(name);
    }
    for (KeyPattern pattern : patterns) {
      Optional<String> key = pattern.match(name);
      if (key.isPresent()) {
        return key;
      }
    }
    return Optional.empty();
  }

  /** The key that an environment variable stands for, told as a name with dots. */
  Optional<String> findVariable(String dotted) {
    return find(dotted)
        .or(() ->
            patterns.stream()
                .flatMap(pattern -> pattern.matchVariable(dotted).stream())
                .findFirst());
  }

  /** Whether the application has the sinks; the ingress has none. */
  boolean haveSinks() {
    return parts.contains("sink");
  }

  /**
   * Whether a name that is no key was meant as one of ours. Environment variables are told twice,
   * as they are and with dots; the second way counts.
   */
  boolean claims(String name) {
    // Thousands at every start; too far from ours to be meant as one.
    if (name.startsWith(FRAMEWORK)) {
      return false;
    }
    if (name.indexOf('.') < 0) {
      // Its only dot is what is wrong.
      return name.indexOf('_') < 0 && defaults.keySet().stream().anyMatch(key -> isNear(name, key));
    }
    String beginning = name.substring(0, Math.min(name.length(), ROOT.length() + 1));
    boolean ours = name.startsWith(ROOT) || Spelling.distance(beginning, ROOT + ".") <= 2;
    return ours && !(OF_THE_OTHER_FLAVOUR.contains(part(name)) && !parts.contains(part(name)));
  }

  /**
   * The keys that a wrong name may have meant: the nearest, several when it is as near to each.
   *
   * @param variable whether it is the name of an environment variable, told with dots; so are they
   */
  List<String> nearest(String wrong, boolean variable) {
    TreeMap<Integer, Set<String>> byDistance = new TreeMap<>();
    for (String key : defaults.keySet()) {
      KeyPattern pattern = new KeyPattern(variable ? key.replace('-', '.') : key);
      String like = pattern.like(wrong);
      byDistance
          .computeIfAbsent(Spelling.distance(wrong, like), distance -> new TreeSet<>())
          .add(like.replaceAll("\\[.*", ""));
    }
    return byDistance.isEmpty() || byDistance.firstKey() > MOST_MISTAKES
        ? List.of()
        : byDistance.firstEntry().getValue().stream().limit(MOST_SUGGESTIONS).toList();
  }

  /** A value of a key that would do: its default, if that does not depend on others. */
  String example(String key) {
    String standard = defaults.getOrDefault(key, "");
    return standard.isEmpty() || standard.contains("${")
        ? patterns.stream()
            .filter(pattern -> pattern.match(key).isPresent())
            .map(pattern -> EXAMPLES.getOrDefault(pattern.toString(), ""))
            .findFirst()
            .orElse("")
        : standard;
  }

  // Lengths tell most apart, of all variables of the environment and all keys.
  private static boolean isNear(String name, String key) {
    return Math.abs(name.length() - key.length()) <= 1 && Spelling.distance(name, key) <= 1;
  }

  private static List<String> references(String value) {
    List<String> references = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(value == null ? "" : value);
    while (matcher.find()) {
      references.add(matcher.group(1));
    }
    return references;
  }

  private static String part(String key) {
    String[] segments = key.split("[.]", 3);
    return segments.length < 2 ? "" : segments[1];
  }
}
