package quayside.grant.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs tokens, with the id by which tokens name it. Immutable, thread-safe; the text
 * form hides the secret.
 */
public final class GrantKey {
  /** As many bytes as the hash has: fewer would be the weakest part (RFC 2104, section 3). */
  public static final int MIN_SECRET_BYTES = 32;

  static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  private final SecretKey secret;

  private GrantKey(String id, SecretKey secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * A key.
   *
   * @param id 1 to 32 letters, digits, underscores, hyphens
   * @param secret at least {@value #MIN_SECRET_BYTES} bytes in UTF-8; white space around it does
   *     not count
   * @throws IllegalArgumentException naming the key and the rule, never the secret
   */
  public static GrantKey of(String id, String secret) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "grant key id \"" + id + "\" must be 1 to 32 letters, digits, underscores or hyphens");
    }
    byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret of grant key "
              + id
              + " has "
              + bytes.length
              + " bytes; it must have at least "
              + MIN_SECRET_BYTES);
    }
    return new GrantKey(id, new SecretKeySpec(bytes, ALGORITHM));
  }

  /** The id that tokens carry. */
  public String id() {
    return id;
  }

  /** The code that authenticates a text, as it stands in a token. */
  String mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrantKey key && id.equals(key.id) && secret.equals(key.secret);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "GrantKey[id=" + id + "]";
  }
}
