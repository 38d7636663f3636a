package quayside.laptop.oss.callback;

/**
 * A variable's value, with what matters for writing it: whether it is text, a bare number, or not
 * there at all.
 */
sealed interface Value {
  /** Text, quoted in JSON. */
  record Text(String text) implements Value {}

  /** A number, bare in JSON; kept as digits because crc64 exceeds a signed 64-bit number. */
  record Digits(String digits) implements Value {}

  /** Not set: empty in a form, {@code null} in JSON, nothing inside JSON quotes. */
  record Unset() implements Value {}

  Value UNSET = new Unset();
}
