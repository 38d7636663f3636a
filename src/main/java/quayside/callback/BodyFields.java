package quayside.callback;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Collects the fields of one body within bounds. A name given twice with different values
 * contradicts itself: the first value is kept under the name, the second under {@code name#2}, and
 * neither is usable, because choosing one would let whoever controls the other decide. Used by one
 * thread.
 */
final class BodyFields {
  /**
   * Fields per body; the longest documented template has 14 variables and a handful of custom ones.
   */
  static final int MAX_FIELDS = 128;

  /**
   * Fields read of a form, the repeated ones included; what follows is not looked at. Each costs a
   * parser when it has JSON escapes.
   */
  static final int MAX_OCCURRENCES = 1024;

  /** Characters per name; custom variables and template text are far shorter. */
  static final int MAX_NAME_LENGTH = 256;

  /**
   * Characters of names and values per body. Together with JSON escaping (at most six bytes a
   * character) an event stays well below Kafka's default limit of 1 MiB a record.
   */
  static final int MAX_TOTAL_LENGTH = 96 * 1024;

  private static final String CONTRADICTION = "#2";
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, BodyField> fields = new LinkedHashMap<>();
  private final Set<BodyDefect> defects = EnumSet.noneOf(BodyDefect.class);
  private int totalLength;
  private boolean damagedText;

  /** The name under which the second of two contradicting values is kept. */
  static String contradicting(String name) {
    return name + CONTRADICTION;
  }

  /** The name that contradicting values were given under; other names as they are. */
  static String withoutMark(String name) {
    // A body can have such a name itself, and contradict that, too.
    String rest = name;
    while (rest.endsWith(CONTRADICTION)) {
      rest = rest.substring(0, rest.length() - CONTRADICTION.length());
    }
    return rest;
  }

  /**
   * Adds a field, or leaves it out when it exceeds the bounds. Halves of surrogate pairs, which
   * JSON escapes can spell, are replaced: many readers refuse a whole event for one.
   */
  void add(String received, BodyField field) {
    String name = wellFormed(received);
    BodyField checked = check(field);
    BodyField known = fields.get(name);
    if (known == null) {
      put(name, checked);
    } else if (!known.value().equals(checked.value())) {
      defects.add(BodyDefect.CONTRADICTING_FIELD);
      fields.put(name, BodyField.verbatim(known.value()));
      if (!fields.containsKey(contradicting(name))) {
        put(contradicting(name), BodyField.verbatim(checked.value()));
      }
    }
  }

  void add(BodyDefect defect) {
    defects.add(defect);
  }

  /**
   * The body is not UTF-8 and was decoded with replacement characters: a value with one is not what
   * was sent.
   */
  void rejectReplacementCharacters() {
    defects.add(BodyDefect.INVALID_UTF8);
    damagedText = true;
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  CallbackBody toBody() {
    return new CallbackBody(fields, defects);
  }

  private BodyField check(BodyField field) {
    if (field.isPlaceholder()) {
      defects.add(BodyDefect.UNEXPANDED_VARIABLE);
      return BodyField.verbatim(field.value());
    }
    if (field.usable() && !isText(field.value())) {
      defects.add(BodyDefect.INVALID_UTF8);
      return BodyField.verbatim(wellFormed(field.value()));
    }
    return field;
  }

  private boolean isText(String value) {
    return !(damagedText && value.indexOf(REPLACEMENT) >= 0) && !hasHalfPair(value);
  }

  private static boolean hasHalfPair(String text) {
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (isHalf(point)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private String wellFormed(String text) {
    if (!hasHalfPair(text)) {
      return text;
    }
    defects.add(BodyDefect.INVALID_UTF8);
    int[] points = text.codePoints().map(point -> isHalf(point) ? REPLACEMENT : point).toArray();
    return new String(points, 0, points.length);
  }

  private void put(String name, BodyField field) {
    int length = name.length() + field.value().length();
    if (fields.size() == MAX_FIELDS
        || name.length() > MAX_NAME_LENGTH
        || totalLength + length > MAX_TOTAL_LENGTH) {
      defects.add(BodyDefect.TOO_MUCH);
      return;
    }
    totalLength += length;
    fields.put(name, field);
  }
}
