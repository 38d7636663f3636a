package quayside.callback;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a callback body says.
 *
 * @param fields by name, in the order of the body; JSON nulls are left out
 * @param defects what is odd about it
 */
record CallbackBody(Map<String, BodyField> fields, Set<BodyDefect> defects) {
  /**
   * The field that holds the text of a body that could not be read, at most {@link #RAW_LENGTH}
   * characters.
   */
  static final String RAW = "_raw";

  /** Enough to recognise the template, too little to burden the event. */
  static final int RAW_LENGTH = 4096;

  CallbackBody {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    EnumSet<BodyDefect> copy = EnumSet.noneOf(BodyDefect.class);
    copy.addAll(defects);
    defects = Collections.unmodifiableSet(copy);
  }
}
