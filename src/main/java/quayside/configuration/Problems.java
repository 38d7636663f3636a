package quayside.configuration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quayside.role.Roles;
import quayside.role.RolesConfig;

/** Collects what is wrong; of a key the first that is found. Used by one thread. */
public final class Problems {
  /** Of 249 characters that Kafka allows, as the names of dead letter topics are made of two. */
  private static final Pattern KAFKA_NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

  private static final Pattern KEY_AND_RULE =
      Pattern.compile("(quayside\\.[^\\s:]+(?:, [a-z-]+)?): (.*)", Pattern.DOTALL);

  private final Map<String, String> values;
  private final Map<String, Problem> found = new LinkedHashMap<>();
  private final List<String> profiles;
  private Map<Class<?>, Object> parts = Map.of();

  /**
   * None yet.
   *
   * @param values the configuration as it was written, by key
   */
  Problems(Map<String, String> values, List<String> profiles) {
    this.values = values;
    this.profiles = profiles;
  }

  /** Lets rules look at other parts than their own. */
  void know(Map<Class<?>, Object> others) {
    parts = others;
  }

  /** Another part of the configuration; empty where it cannot be read, or the flavour has none. */
  public <T> Optional<T> part(Class<T> type) {
    return Optional.ofNullable(parts.get(type)).map(type::cast);
  }

  /** The roles that are on, so that what they need must be there. */
  public Roles roles() {
    return part(RolesConfig.class).map(RolesConfig::on).orElseGet(Roles::all);
  }

  /** The active profiles. */
  public List<String> profiles() {
    return profiles;
  }

  /** Tells of a problem. */
  public void add(Problem problem) {
    found.putIfAbsent(problem.key(), problem);
  }

  /** Tells that the value of a key breaks a rule, unless the condition holds. */
  public void require(boolean condition, String key, String rule, String example) {
    if (!condition) {
      add(new Problem(key, value(key), rule, example));
    }
  }

  /** Tells that a time is not positive. */
  public void requirePositive(String key, Duration value, String example) {
    require(value.compareTo(Duration.ZERO) > 0, key, "must be positive", example);
  }

  /** Tells that a number is too small. */
  public void requireAtLeast(long least, String key, long value, String example) {
    require(value >= least, key, "must be at least " + least, example);
  }

  /** Tells that a topic or consumer group cannot have this name. */
  public void requireKafkaName(String key, String value, String example) {
    require(
        KAFKA_NAME.matcher(value).matches(),
        key,
        "must be a name of up to 100 letters, digits, dots, _ and -",
        example);
  }

  /**
   * Tells what an attempt to use values says of one: with an {@link InvalidValueException}, or with
   * a message that begins with the key and a colon, from who knows nothing of this package.
   */
  public void attempt(Supplier<?> use) {
    try {
      var ignored = use.get();
    } catch (InvalidValueException e) {
      add(e.problem());
    } catch (IllegalArgumentException e) {
      Matcher message = KEY_AND_RULE.matcher(String.valueOf(e.getMessage()));
      if (!message.matches()) {
        throw e;
      }
      add(new Problem(message.group(1), null, message.group(2), ""));
    }
  }

  /** The same; where it does not say of which, it is this key, and the rule is what it says. */
  public void attempt(String key, String example, Supplier<?> use) {
    try {
      attempt(use);
    } catch (IllegalArgumentException e) {
      add(new Problem(key, value(key), String.valueOf(e.getMessage()), example));
    }
  }

  /** What was written for a key; null when nothing was. */
  @Nullable String value(String key) {
    return values.get(key);
  }

  /** All, in the order of the keys. */
  List<Problem> sorted() {
    return found.values().stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
  }
}
