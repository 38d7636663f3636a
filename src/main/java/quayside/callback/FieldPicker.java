package quayside.callback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quayside.grant.token.TokenText;

/**
 * Takes the fields of one body, each at most once. A value that does not have the form its meaning
 * needs is left where it is, so that nothing is guessed and nothing is lost. Used by one thread.
 */
final class FieldPicker {
  private final Map<String, BodyField> remaining;

  FieldPicker(CallbackBody body) {
    this.remaining = new LinkedHashMap<>(body.fields());
  }

  /**
   * Takes the first field that has one of the names, in their order, and a fitting value. Empty
   * values, which OSS writes for unset variables, are taken as absent.
   *
   * @param reading gives null for a value that does not fit
   */
  <T> @Nullable T take(List<String> names, Function<String, @Nullable T> reading) {
    for (String name : names) {
      BodyField field = remaining.get(name);
      if (field == null || !field.usable()) {
        continue;
      }
      if (field.value().isEmpty()) {
        remaining.remove(name);
        continue;
      }
      T value = reading.apply(field.value());
      if (value != null) {
        remaining.remove(name);
        return value;
      }
    }
    return null;
  }

  /** Whether one of the names still has a value, fitting or not; an unexpanded variable is none. */
  boolean namesAny(List<String> names) {
    return names.stream()
        .map(remaining::get)
        .anyMatch(field -> field != null && !field.value().isEmpty() && !field.isPlaceholder());
  }

  /**
   * Takes a secret and removes every trace of it, whatever its fields say.
   *
   * @return null when there is none; empty when there is something that says nothing certain
   */
  @Nullable String takeSecret(List<String> names) {
    String secret = take(names, text -> text);
    boolean uncertain = secret == null && namesAny(names);
    for (String name : names) {
      remaining.remove(name);
      remaining.remove(BodyFields.contradicting(name));
    }
    return uncertain ? "" : secret;
  }

  /** Takes all usable fields whose names are of a kind; grant tokens in them are blanked out. */
  Map<String, String> takeAll(Predicate<String> names) {
    Map<String, BodyField> taken = new LinkedHashMap<>();
    remaining.forEach((name, field) -> {
      if (field.usable() && names.test(name)) {
        taken.put(name, field);
      }
    });
    remaining.keySet().removeAll(taken.keySet());
    return redacted(taken);
  }

  /** Everything not taken, verbatim but for grant tokens in it. */
  Map<String, String> rest() {
    return redacted(remaining);
  }

  // Names, too: a template may have the token where a name belongs.
  private static Map<String, String> redacted(Map<String, BodyField> fields) {
    Map<String, String> redacted = new LinkedHashMap<>();
    fields.forEach(
        (name, field) -> redacted.put(TokenText.redact(name), TokenText.redact(field.value())));
    return redacted;
  }
}
