package quayside.configuration;

import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key whose value cannot be read, or is missing, as the configuration library says it: it knows
 * the key only in the text of its messages, whose numbers are stable.
 *
 * @param key the key
 * @param rule in words
 * @param example a value that could be read; empty where none is known
 * @param missing when there is no value
 */
record Unreadable(String key, String rule, String example, boolean missing) {
  private static final Pattern REQUIRED =
      Pattern.compile("SRCFG00014: The config property (.+?) is required but .*", Pattern.DOTALL);
  private static final Pattern NOT_CONVERTED =
      Pattern.compile(
          "SRCFG00039: The config property (.+?) with the config value \".*\" threw an Exception"
              + " whilst being converted (.*)",
          Pattern.DOTALL);
  private static final Pattern EMPTY =
      Pattern.compile("SRCFG0004[01]: The config property (.+?) (?:is|with) .*", Pattern.DOTALL);
  private static final Pattern ENUM =
      Pattern.compile("SRCFG00049: .*, allowed values: (\\S+)", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("\\bSRCFG\\d+: ");

  /** All that the library says. */
  static List<Unreadable> of(ConfigValidationException e) {
    List<Unreadable> all = new ArrayList<>();
    for (int i = 0; i < e.getProblemCount(); i++) {
      Unreadable one = of(e.getProblem(i).getMessage());
      if (one == null) {
        throw e; // nothing about values
      }
      all.add(one);
    }
    return all;
  }

  private static @Nullable Unreadable of(String message) {
    Matcher code = CODE.matcher(message);
    String text = code.find() ? message.substring(code.start()) : message;
    Matcher required = REQUIRED.matcher(text);
    if (required.matches()) {
      return new Unreadable(required.group(1), "must be set", "", true);
    }
    Matcher notConverted = NOT_CONVERTED.matcher(text);
    if (notConverted.matches()) {
      return notConverted(notConverted.group(1), notConverted.group(2));
    }
    Matcher empty = EMPTY.matcher(text);
    return empty.matches() ? new Unreadable(empty.group(1), "must not be empty", "", false) : null;
  }

  private static Unreadable notConverted(String key, String cause) {
    Matcher choice = ENUM.matcher(cause);
    if (choice.find()) {
      List<String> choices = Arrays.stream(choice.group(1).split(",")).sorted().toList();
      return new Unreadable(
          key, "must be one of " + String.join(", ", choices), choices.getFirst(), false);
    }
    String[] parts = CODE.matcher(cause).replaceFirst("").split("; for example ", 2);
    return new Unreadable(key, parts[0], parts.length > 1 ? parts[1] : "", false);
  }
}
