package quayside.sink.search;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A content type ({@code image/png}) or all of a kind ({@code image/*}), as RFC 9110 section 12.5.1
 * writes them. Compared without case and without parameters.
 *
 * @param type such as {@code image}, lower case
 * @param subtype such as {@code png}, lower case, or null for all
 */
record MimeTypeRange(String type, @Nullable String subtype) {
  // RFC 6838 section 4.2 restricted-name: at most 127 characters each.
  private static final String NAME = "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}";
  private static final Pattern ESSENCE = Pattern.compile(NAME + "/" + NAME);
  private static final Pattern KIND = Pattern.compile(NAME + "/\\*");

  /** Reads {@code image/png} or {@code image/*}; empty when it is neither. */
  static Optional<MimeTypeRange> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String type = lower.substring(0, Math.max(0, lower.indexOf('/')));
    if (KIND.matcher(lower).matches()) {
      return Optional.of(new MimeTypeRange(type, null));
    }
    if (ESSENCE.matcher(lower).matches()) {
      return Optional.of(new MimeTypeRange(type, lower.substring(type.length() + 1)));
    }
    return Optional.empty();
  }

  /** A Content-Type without parameters and in lower case; empty when it is not a valid one. */
  static Optional<String> essence(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    String lower = type.strip().toLowerCase(Locale.ROOT);
    return ESSENCE.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
  }
}
