package quayside.callback;

import java.util.Locale;

/**
 * What is odd about the body of a proven callback. OSS signs and sends whatever a template expands
 * to, so nothing here is a reason to refuse; each is counted.
 */
enum BodyDefect {
  /** No bytes, or white space only. */
  EMPTY,
  /** Neither a form nor a JSON object: kept as text. */
  OPAQUE,
  /**
   * Starts like a JSON object but is none; members up to the first error are used, and the text is
   * kept.
   */
  MALFORMED_JSON,
  /** Not UTF-8 somewhere; the values concerned are kept but not used. */
  INVALID_UTF8,
  /** One name with two different values: neither is used. */
  CONTRADICTING_FIELD,
  /** A value is a literal {@code ${...}}: the template reached OSS in a form it did not expand. */
  UNEXPANDED_VARIABLE,
  /** More or longer fields than an event carries: the rest is left out. */
  TOO_MUCH,
  /** Content-Type, which is not signed, says something else than the body is. */
  CONTENT_TYPE_CONTRADICTS;

  /** The metric tag. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
