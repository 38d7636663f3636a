package quayside.operate.explain;

import java.util.Locale;

/**
 * What happens to callbacks between OSS and their receiver. The code is stable; the advice says
 * what to fix.
 */
enum Accident {
  // The path
  PATH_PREFIX_STRIPPED(
      "Have the proxy pass the path unchanged (nginx: proxy_pass without a path), or configure it"
          + " in quayside.callback.external-paths."),
  PATH_PREFIX_ADDED(
      "Have the proxy pass the path unchanged, or configure it in"
          + " quayside.callback.external-paths."),
  PATH_REPLACED("Have the proxy pass the path unchanged: another one arrived than OSS dialled."),
  PATH_DECODED("Have the proxy pass the raw path; nginx: proxy_pass without a path."),
  PATH_ENCODED("Have the proxy pass the raw path: it escaped the percent signs once more."),
  PATH_PLUS_DECODED("A plus sign in a path is no space: decode %XX only, or avoid it in the URL."),
  PATH_SLASHES_MERGED(
      "Switch off merging of slashes (nginx: merge_slashes off), or take the double slash out of"
          + " callbackUrl."),
  PATH_NORMALISED("Have the proxy pass dot segments, or take them out of callbackUrl."),
  PATH_TRAILING_SLASH("Dial the very path: with or without the slash at its end, not the other."),
  PATH_PARAMETERS("Have the proxy leave path parameters (;name=value) alone."),
  PATH_CHARSET("Escape non-ASCII characters of callbackUrl as UTF-8."),
  TARGET_ABSOLUTE(
      "Sign and record the path and query alone: http://host is no part of what OSS signs."),

  // The query
  QUERY_DROPPED("Hand the raw query on: it is a part of what OSS signs."),
  QUERY_ADDED("Something added a query that OSS did not send: remove it before the callback edge."),
  QUERY_PARAMETER_ADDED("Something added a query parameter: have it leave the query alone."),
  QUERY_REORDERED("Hand the query on as it is; do not rebuild it from a map of parameters."),
  QUERY_DECODED("Hand the raw query on, before any decoding."),
  QUERY_REENCODED("Hand the raw query on; do not decode and encode it again."),
  QUESTION_MARK_MISSING("Hand a question mark without a query on, or take it out of callbackUrl."),
  QUESTION_MARK_EXTRA("Put a question mark into the string to sign only when there is a query."),
  HTML_ESCAPED("The text was copied from a web page: replace &amp; by &."),

  // The body
  BODY_NEWLINE_ADDED("Hash the raw body: a line end was added to it (perhaps by the recording)."),
  BODY_TRIMMED("Hash the raw body: white space at its end or beginning was cut off."),
  BODY_LINE_ENDS("Hash the raw body: its line ends were converted."),
  BODY_BYTE_ORDER_MARK("Hash the raw body: a byte order mark was added or removed."),
  BODY_CHARSET("Hash the raw bytes: decoding them in another charset than UTF-8 changed them."),
  BODY_REPLACED("Hash the raw body: another one arrived than OSS sent."),
  BODY_LONGER("The body goes on after Content-Length: cut it there."),
  BODY_CHUNKED("The recording holds the chunk sizes of the transfer: hash the content alone."),
  FORM_DECODED("Hash the raw body, before the form is decoded."),
  FORM_REENCODED("Hash the raw body; do not decode the form and encode it again."),
  FORM_REORDERED("Hash the raw body; do not rebuild the form from a map."),
  FORM_AS_JSON("Hash the raw body: it was a form, and a framework made JSON of it."),
  JSON_AS_FORM("Hash the raw body: it was JSON, and a framework made a form of it."),
  JSON_RESERIALISED("Hash the raw body; do not parse the JSON and write it again."),
  JSON_REORDERED("Hash the raw body; do not rebuild the JSON from a map."),
  JSON_RETYPED(
      "Hash the raw body: numbers, texts or null were exchanged when it was written again."),
  JSON_REPAIRED(
      "Hash the raw body, even where it is not valid JSON: OSS signs what the template expands to."),

  // The headers
  SIGNATURE_ALTERED("Hand the Authorization header on as it is."),
  SIGNATURE_SCHEME_ADDED("The Authorization header of OSS has no scheme word: do not add one."),
  PUB_KEY_URL_MISSING("Hand the x-oss-pub-key-url header on."),
  PUB_KEY_URL_UNREADABLE("Hand the x-oss-pub-key-url header on as it is: it is Base64."),
  PUB_KEY_URL_FOREIGN(
      "The signature is by a trusted key, but the request names another: never fetch that one."
          + " Find out who rewrote the header."),
  HEADER_REPEATED("Have the proxy pass each header once."),
  SIGNATURE_VERSION("Set signatureVersion 1.0 in the callback parameter, or leave it out.");

  private final String advice;

  Accident(String advice) {
    this.advice = advice;
  }

  /** Such as {@code path-prefix-stripped}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What to fix. */
  String advice() {
    return advice;
  }
}
