package quayside.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The keys that exist, and what is suggested for those that do not. */
class KnownKeysTest {
  private static final KnownKeys KNOWN = new KnownKeys(Interfaces.all());
  private static final List<String> KEYS =
      Interfaces.all().stream()
          .flatMap(part -> part.getProperties().keySet().stream())
          .filter(key -> key.startsWith("quayside.") && !key.contains("["))
          .map(key -> key.replace("*", "name"))
          .distinct()
          .sorted()
          .toList();

  /** How a key can be misspelt by one mistake. */
  private enum Mistake {
    LOST {
      @Override
      String in(String key, int at, char letter) {
        return key.substring(0, at) + key.substring(at + 1);
      }
    },
    WRONG {
      @Override
      String in(String key, int at, char letter) {
        return key.substring(0, at) + letter + key.substring(at + 1);
      }
    },
    ADDED {
      @Override
      String in(String key, int at, char letter) {
        return key.substring(0, at) + letter + key.substring(at);
      }
    },
    SWAPPED {
      @Override
      String in(String key, int at, char letter) {
        return at + 1 == key.length()
            ? key
            : key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
      }
    };

    abstract String in(String key, int at, char letter);
  }

  @Property(tries = 1000)
  void anyMistakeInAKey_isFoundAndTheKeySuggested(
      @ForAll("keys") String key,
      @ForAll Mistake mistake,
      @ForAll @IntRange(max = 1000) int place,
      @ForAll("letters") char letter) {
    String wrong = mistake.in(key, place % key.length(), letter);
    Assume.that(KNOWN.find(wrong).isEmpty());
    Assume.that(!key.contains(".name") || dots(wrong) == dots(key));

    assertThat(KNOWN.claims(wrong)).as(wrong).isTrue();
    assertThat(KNOWN.nearest(wrong, false)).as(wrong).anyMatch(like -> isSame(like, key));
  }

  @Property(tries = 1000)
  void anyMistakeInAVariable_isFoundAndTheVariableSuggested(
      @ForAll("keys") String key,
      @ForAll Mistake mistake,
      @ForAll @IntRange(max = 1000) int place,
      @ForAll("letters") char letter) {
    String dotted = key.replace('-', '.');
    String wrong = mistake.in(dotted, place % key.length(), letter == '-' ? '.' : letter);
    Assume.that(KNOWN.findVariable(wrong).isEmpty());
    Assume.that(!key.contains(".name") || dots(wrong) == dots(dotted));

    assertThat(KNOWN.claims(wrong)).as(wrong).isTrue();
    assertThat(KNOWN.nearest(wrong, true)).as(wrong).anyMatch(like -> isSame(like, dotted));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(KEYS);
  }

  @Provide
  Arbitrary<Character> letters() {
    return Arbitraries.chars().range('a', 'z').with('-', '.');
  }

  @Test
  void keysOfAllKinds_areKnownByNameAndVariable() {
    assertThat(KEYS)
        .hasSizeGreaterThan(100)
        .allMatch(key -> KNOWN.find(key).isPresent())
        .allMatch(key -> KNOWN.findVariable(key.replace('-', '.')).equals(KNOWN.find(key)));
    assertThat(KNOWN.find("quayside.region")).isPresent();
    assertThat(KNOWN.find("quayside.callback.paths[3]")).contains("quayside.callback.paths[3]");
    assertThat(KNOWN.find("quayside.callback.kafka.\"linger.ms\"")).isPresent();
    assertThat(KNOWN.findVariable("quayside.thumbnail.max.multiscan.pixels"))
        .contains("quayside.thumbnail.max-multiscan-pixels");
    assertThat(KNOWN.findVariable("quayside.callback.rules.buckets.uploads.max.size"))
        .contains("quayside.callback.rules.buckets.uploads.max-size");
  }

  /** One set of keys may be given to the ingress and to the sinks. */
  @Test
  void ingress_leavesKeysOfTheSinksToThem() {
    KnownKeys ingress =
        new KnownKeys(
            Interfaces.all().stream().filter(part -> isInBothFlavours(part.getType())).toList());
    Set<String> missing =
        KEYS.stream()
            .filter(key -> ingress.find(key).isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(missing).isNotEmpty().noneMatch(ingress::claims);
    assertThat(ingress.claims("quayside.calback.paths")).isTrue();
  }

  /** What the documentation promises exists. */
  @Test
  void keysOfTheReadme_areKnown() throws IOException {
    List<String> documented = documentedKeys(Files.readString(Path.of("README.md")));

    assertThat(documented)
        .hasSizeGreaterThan(80)
        .filteredOn(key -> key.startsWith("quayside.") && !key.endsWith("*"))
        .filteredOn(key -> KNOWN.find(key).isEmpty())
        .isEmpty();
  }

  // `quayside.oss.connect-timeout`, `.read-timeout` in the first column: the second ends otherwise.
  private static List<String> documentedKeys(String readme) {
    List<String> keys = new ArrayList<>();
    String section = readme.split("\n## Configuration\n")[1].split("\n## ")[0];
    for (String row : section.lines().filter(line -> line.startsWith("| `quayside.")).toList()) {
      List<String> first = List.of();
      for (MatchResult code :
          Pattern.compile("`([^`]+)`").matcher(row.split("\\|")[1]).results().toList()) {
        List<String> segments =
            Arrays.asList(
                code.group(1)
                    .replaceAll("\"?<[a-z]+>\"?", "name")
                    .replaceAll("\\{([a-z]+)[^}]*}", "$1")
                    .split("[.]"));
        if (segments.getFirst().isEmpty()) {
          List<String> key = new ArrayList<>(first.subList(0, first.size() - segments.size() + 1));
          key.addAll(segments.subList(1, segments.size()));
          segments = key;
        } else {
          first = segments;
        }
        keys.add(String.join(".", segments));
      }
    }
    return keys;
  }

  /**
   * A variable of Makefile, laptop or bench that were taken for a key would keep it from starting.
   */
  @Test
  void variablesOfTheTree_areNoUnknownKeys() throws IOException {
    Set<String> variables = new TreeSet<>();
    try (Stream<Path> files =
        Stream.of(
                Stream.of(Path.of("Makefile")),
                Stream.of(Path.of("README.md"), Path.of("README.zh-CN.md")),
                Files.walk(Path.of("deploy")).filter(KnownKeysTest::isSource),
                Files.walk(Path.of("src/main")),
                Files.walk(Path.of("src/test"))
                    .filter(file -> !file.startsWith(Path.of("src/test/java/quayside"))),
                Files.walk(Path.of("src/test/java/quayside/chaos")),
                Files.walk(Path.of("src/test/java/quayside/callback")))
            .flatMap(each -> each)
            .filter(Files::isRegularFile)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        // A quoted name ends in an underscore; <HOLDER> is the user's choice.
        Matcher named =
            Pattern.compile("QUAYSIDE_[A-Z_]*[A-Z]_?")
                .matcher(
                    Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replaceAll("<([A-Z]+)>", "$1"));
        named.results().forEach(found -> variables.add(found.group()));
      }
    }

    assertThat(variables)
        .contains("QUAYSIDE_DATA_DIR")
        .filteredOn(variable ->
            !ForeignVariables.contain(variable, "1")
                && KNOWN.findVariable(StringUtil.toLowerCaseAndDotted(variable)).isEmpty())
        .as("but for the mistake that the README shows")
        .containsExactly("QUAYSIDE_JOURNAL_DIRECTRY");
  }

  private static boolean isSource(Path file) {
    return Stream.of("target", "node_modules").noneMatch(made -> file.toString().contains(made));
  }

  // As pom.xml excludes for the ingress.
  private static boolean isInBothFlavours(Class<?> type) {
    return Stream.of(
            "quayside.console", "quayside.oss", "quayside.sink", "quayside.operate.reconcile.run")
        .noneMatch(sinks -> type.getPackageName().startsWith(sinks));
  }

  // Where the user chooses the name, whatever was written is right.
  private static boolean isSame(String suggestion, String key) {
    String pattern =
        Arrays.stream(key.split("[.]"))
            .map(segment -> segment.equals("name") ? "[^.]*" : Pattern.quote(segment))
            .collect(Collectors.joining("[.]"));
    return suggestion.matches(pattern);
  }

  private static long dots(String name) {
    return name.chars().filter(c -> c == '.').count();
  }
}
