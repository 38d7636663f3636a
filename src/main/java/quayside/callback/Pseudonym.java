package quayside.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes pseudonyms: {@code hmac-sha256:} and the first 16 bytes of HMAC-SHA256 over the value in
 * UTF-8, in lower-case hex. Under one key equal values have equal pseudonyms, and nobody without
 * the key can try out values. Immutable and thread-safe; the text form hides the key.
 */
final class Pseudonym {
  /** As many bytes as the hash has: fewer would be the weakest part (RFC 2104, section 3). */
  static final int MIN_KEY_BYTES = 32;

  private static final String PREFIX = "hmac-sha256:";
  private static final int BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;

  /** With a key, of which white space around it is no part. */
  Pseudonym(String key) {
    byte[] bytes = key.strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "quayside.callback.redact.key: has "
              + bytes.length
              + " bytes, must have at least "
              + MIN_KEY_BYTES
              + "; make one with: openssl rand -hex 32");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** The pseudonym of a value. */
  String of(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(code, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
