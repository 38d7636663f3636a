package quayside.callback;

import java.util.regex.Pattern;

/**
 * One field of a callback body.
 *
 * @param value the text as far as it could be decoded, else as it was received
 * @param usable false when the value says nothing certain: it is kept but mapped to nothing
 */
record BodyField(String value, boolean usable) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*\\}");

  static BodyField usable(String value) {
    return new BodyField(value, true);
  }

  static BodyField verbatim(String value) {
    return new BodyField(value, false);
  }

  /** Whether it is a template variable that OSS did not expand. */
  boolean isPlaceholder() {
    return value.startsWith("${") && PLACEHOLDER.matcher(value).matches();
  }
}
