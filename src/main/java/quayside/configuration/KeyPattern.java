package quayside.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of which some segments are of the user's choice, as in {@code
 * quayside.thumbnail.presets.*.size}; or of which none is. An index ({@code [0]}) is part of its
 * segment. Immutable.
 */
final class KeyPattern {
  private static final String ANY = "*";
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private final List<String> segments;

  /** What all names of this key begin with. */
  private final String beginning;

  KeyPattern(String pattern) {
    this.segments = segments(pattern);
    this.beginning = pattern.split("[*\\[]", 2)[0];
  }

  /** The same key as this one, when it is one. */
  Optional<String> match(String name) {
    // Of a start's thousands of names most end here.
    if (!name.startsWith(beginning)) {
      return Optional.empty();
    }
    List<String> given = segments(name);
    return given.size() == segments.size() ? align(given, false) : Optional.empty();
  }

  /**
   * The key that an environment variable stands for; the source of variables tells them with dots
   * for underscores, and cannot know of hyphens.
   */
  Optional<String> matchVariable(String dotted) {
    List<String> given = segments(dotted);
    List<String> regrouped = new ArrayList<>();
    int next = 0;
    for (String segment : segments) {
      int words = segment.split("-", -1).length;
      if (next + words > given.size()) {
        return Optional.empty();
      }
      regrouped.add(String.join("-", given.subList(next, next + words)));
      next += words;
    }
    return next == given.size() ? align(regrouped, true) : Optional.empty();
  }

  /** The key of this pattern that a wrong name comes closest to. */
  String like(String wrong) {
    List<String> given = segments(wrong);
    if (segments.getLast().equals(ANY) && given.size() > segments.size()) {
      // The names of Kafka's settings have dots, which want quotes.
      List<String> name = given.subList(segments.size() - 1, given.size());
      given = new ArrayList<>(given.subList(0, segments.size() - 1));
      given.add('"' + String.join(".", name) + '"');
    }
    List<String> close = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      boolean chosen = i < given.size() && given.size() == segments.size();
      close.add(
          segments.get(i).replace(ANY, chosen ? given.get(i).replaceAll("\\[.*", "") : "<name>"));
    }
    return String.join(".", close);
  }

  // Whoever chose a part of the name sees it as they wrote it.
  private Optional<String> align(List<String> given, boolean anyCase) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      String mine = segments.get(i);
      String theirs = given.get(i);
      String general = INDEX.matcher(theirs).replaceAll("[*]");
      if (mine.startsWith(ANY) ? fits(mine, general) : equal(mine, general, anyCase)) {
        key.add(mine.contains(ANY) ? theirs : mine);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(String.join(".", key));
  }

  private static boolean fits(String mine, String general) {
    return !general.isEmpty() && mine.endsWith("[*]") == general.endsWith("[*]");
  }

  private static boolean equal(String mine, String general, boolean anyCase) {
    return anyCase ? mine.equalsIgnoreCase(general) : mine.equals(general);
  }

  @Override
  public String toString() {
    return String.join(".", segments);
  }

  /** As an environment variable. */
  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static List<String> segments(String name) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      quoted ^= c == '"';
      if (c == '.' && !quoted) {
        segments.add(segment.toString());
        segment.setLength(0);
      } else {
        segment.append(c);
      }
    }
    segments.add(segment.toString());
    return segments;
  }
}
