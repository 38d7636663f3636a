package quayside.callback.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of content types: exact ones, and all of a kind ({@code image/*}). Parameters and case of
 * a reported type do not matter. Immutable.
 */
final class ContentTypes {
  // RFC 6838, section 4.2
  private static final String NAME = "[a-z0-9][a-z0-9!#$&^_.+-]*+";
  private static final Pattern FORM = Pattern.compile("\\*|" + NAME + "/(" + NAME + "|\\*)");

  private final Set<String> types;

  private ContentTypes(Set<String> types) {
    this.types = types;
  }

  /**
   * Reads a list.
   *
   * @param key the configuration key, for the message
   */
  static ContentTypes of(String key, List<String> listed) {
    Set<String> types = new HashSet<>();
    for (String type : listed) {
      String lowerCase = type.toLowerCase(Locale.ROOT);
      RuleCompiler.require(
          FORM.matcher(lowerCase).matches(),
          key,
          type,
          "must be a content type without parameters, type/* or *",
          "image/*");
      types.add(lowerCase);
    }
    return new ContentTypes(Set.copyOf(types));
  }

  boolean contain(String reported) {
    if (types.contains(reported) || types.contains("*")) {
      return true;
    }
    int parameters = reported.indexOf(';');
    String type =
        (parameters < 0 ? reported : reported.substring(0, parameters))
            .strip()
            .toLowerCase(Locale.ROOT);
    int slash = type.indexOf('/');
    return types.contains(type)
        || (slash > 0
            && slash + 1 < type.length()
            && types.contains(type.substring(0, slash) + "/*"));
  }
}
