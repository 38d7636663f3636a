package quayside.callback;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms that values in callbacks have. Each method gives the value in its normal form, or null
 * when it has none.
 */
final class OssValues {
  /** OSS documentation, bucket naming: 3 to 63 lower-case letters, digits and hyphens. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /** OSS documentation, object naming: at most 1023 bytes of UTF-8. */
  private static final int MAX_KEY_BYTES = 1023;

  /** No system variable is longer; the longest seen is a Content-Type with parameters. */
  private static final int MAX_TEXT_LENGTH = 1024;

  private static final Pattern ETAG = Pattern.compile("[0-9A-F]{32}(-[0-9]{1,5})?");
  private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-F]{24}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{1,20}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");
  private static final Pattern PIXELS = Pattern.compile("[0-9]{1,9}");

  private OssValues() {}

  static @Nullable String bucket(String text) {
    return BUCKET.matcher(text).matches() ? text : null;
  }

  static @Nullable String key(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES ? text : null;
  }

  /**
   * Upper-case hex without quotation marks; something else that OSS might use one day stays as it
   * is. Quotation marks around nothing are no ETag.
   */
  static @Nullable String etag(String text) {
    String bare =
        text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
            ? text.substring(1, text.length() - 1)
            : text;
    if (bare.isEmpty()) {
      return null;
    }
    String upper = bare.toUpperCase(Locale.ROOT);
    return ETAG.matcher(upper).matches() ? upper : text(bare);
  }

  /** Bytes. */
  static @Nullable Long size(String text) {
    try {
      return DIGITS.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException beyondLong) {
      return null;
    }
  }

  /** An unsigned 64-bit decimal without leading zeros. */
  static @Nullable String crc64(String text) {
    try {
      return DIGITS.matcher(text).matches()
          ? Long.toUnsignedString(Long.parseUnsignedLong(text))
          : null;
    } catch (NumberFormatException beyond64Bits) {
      return null;
    }
  }

  /** At least one pixel. */
  static @Nullable Integer pixels(String text) {
    if (!PIXELS.matcher(text).matches()) {
      return null;
    }
    int pixels = Integer.parseInt(text);
    return pixels > 0 ? pixels : null;
  }

  /** 24 upper-case hex digits; the first eight are the Unix time of the request. */
  static @Nullable String requestId(@Nullable String text) {
    if (text == null || text.length() != 24) {
      return null;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return REQUEST_ID.matcher(upper).matches() ? upper : null;
  }

  /** An account id. */
  static @Nullable String account(@Nullable String text) {
    return text != null && ACCOUNT.matcher(text).matches() ? text : null;
  }

  /** Any text of reasonable length. */
  static @Nullable String text(String text) {
    return text.length() <= MAX_TEXT_LENGTH ? text : null;
  }
}
